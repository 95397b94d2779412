#!/bin/sh
# Times a deck of basic notes against genanki's: whole processes, run in turn on the same machine, and the sizes of what they
# write. `tests/bench-deck.sh VENV [COUNT]`; needs hyperfine, and genanki in the environment.
set -eu
venv=$1
count=${2:-20000}
root=$(cd "$(dirname "$0")/.." && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cargo build --release --quiet --locked --manifest-path "$root/Cargo.toml" --package patra-anki --example speed
"$venv/bin/python" -c 'import genanki' 2>/dev/null || "$venv/bin/pip" install --quiet genanki==0.13.1
speed=${CARGO_TARGET_DIR:-$root/target}/release/examples/speed
hyperfine --shell none --warmup 1 --runs 10 \
    --command-name patra "$speed $count $out/patra.apkg" \
    --command-name genanki "$venv/bin/python $root/tests/python/genanki_deck.py $count $out/genanki.apkg"
wc -c "$out/patra.apkg" "$out/genanki.apkg"
hyperfine --shell none --warmup 1 --runs 10 --command-name 'patra, 100,000 notes' "$speed 100000 $out/many.apkg"
"$speed" 100000 "$out/many.apkg"
