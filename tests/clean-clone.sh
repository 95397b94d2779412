#!/usr/bin/env bash
# Runs the README's first command in a clean clone of what is committed, with an empty target folder, and looks at what
# comes out. Its second command, `just test`, CI runs in a clone that is as fresh: see .ci/run.
set -euo pipefail
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
clone=$(mktemp -d)
trap 'rm -rf "$clone"' EXIT

git clone --quiet "$repository" "$clone"
cd "$clone"
unset CARGO_TARGET_DIR

grep --quiet --fixed-strings --line-regexp "cargo run --release -- build" README.md
cargo run --release -- build
for language in hi en; do
    for file in handout.pdf deck.apkg sheets/datapackage.json material.json; do
        test -s "patra-out/bpo/$language/$file"
    done
done

# How long it takes once built; told and not tested, since a machine may be busy.
start=$(date +%s%N)
target/release/patra build
milliseconds=$(( ($(date +%s%N) - start) / 1000000 ))
echo "built again in $milliseconds ms"

# All that a build makes is ignored, and Cargo.lock was whole.
test -z "$(git status --porcelain)"
