#!/usr/bin/env bash
# Builds the command for release and has bench-peers.py time its handouts against Typst's.
# Usage: bench-peers.sh ENVIRONMENT [SOURCE [RUNS]]
set -euo pipefail
environment=$1
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cargo build --release --quiet --locked --manifest-path "$root/Cargo.toml" --package patra-cli
"$environment/bin/python" -c 'import typst' 2>/dev/null || "$environment/bin/pip" install --quiet typst==0.15.0
"$environment/bin/python" "$root/tests/bench-peers.py" "${CARGO_TARGET_DIR:-$root/target}/release/patra" "${@:2}"
