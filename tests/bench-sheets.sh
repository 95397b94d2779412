#!/bin/sh
# Times sheets of about 200,000 practice rows: CSV in MB/s, the workbook against rust_xlsxwriter alone on the same cells, and
# Parquet; then the workbook's memory for half the rows. Each is run several times in turn, as other programs on the machine
# disturb some: compare the best. `tests/bench-sheets.sh [LISTS] [RUNS]`; 2,000 lists make 200,000 rows.
set -eu
lists=${1:-2000}
runs=${2:-5}
root=$(cd "$(dirname "$0")/.." && pwd)
cargo build --release --quiet --locked --manifest-path "$root/Cargo.toml" --package patra-sheets --features parquet \
    --example measure_sheets
measure=${CARGO_TARGET_DIR:-$root/target}/release/examples/measure_sheets
for mode in tables csv peer workbook parquet; do
    for _ in $(seq "$runs"); do "$measure" "$mode" "$lists"; done
done
for mode in tables workbook; do "$measure" "$mode" $((lists / 2)); done
