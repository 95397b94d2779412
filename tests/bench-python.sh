#!/usr/bin/env bash
# Builds the command and the Python package for release and has bench-python.py compare them.
# Usage: bench-python.sh ENVIRONMENT [RUNS]: an environment with maturin; another is made beside it.
set -euo pipefail
environment=$1
runs=${2:-5}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
# Together, so that both have the same features of the crates they share.
cargo build --release --quiet --locked --package patra-cli --package patra-python
wheels=$(mktemp -d)
trap 'rm -rf "$wheels"' EXIT
"$environment/bin/maturin" build --quiet --release --locked --out "$wheels" --manifest-path bindings/python/Cargo.toml
python3 -m venv --clear "$environment-bench"
"$environment-bench/bin/pip" install --quiet --disable-pip-version-check --no-index "$wheels"/*.whl
"$environment-bench/bin/python" tests/bench-python.py "${CARGO_TARGET_DIR:-$root/target}/release/patra" "$runs"
