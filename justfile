set positional-arguments

# The tests must not depend on how a machine is set up.
export CARGO_TERM_COLOR := env("CARGO_TERM_COLOR", "auto")
export INSTA_UPDATE := env("INSTA_UPDATE", "no")

# Nor on chance: the properties are tried on the same cases each time. `PROPTEST_RNG_SEED=2 just test-rust` tries others.
export PROPTEST_RNG_SEED := env("PROPTEST_RNG_SEED", "1")

# What the tests in Python run: the command as the tests in Rust have built it already.
export PATRA_BIN := env("CARGO_TARGET_DIR", justfile_directory() / "target") / "debug" / "patra-under-test"

venv := justfile_directory() / ".venv"

# List the recipes
[private]
default:
    @just --list --unsorted

# Make the course's handouts, decks and sheets, or those of other sources: `just build notes.md -o printed`
[group("use")]
build *args:
    cargo run --release --locked -- build "$@"

# Run all tests, in Rust and in Python; sets up .venv and Debian's poppler-utils and LibreOffice where they are missing
[group("test")]
test: test-rust test-python

# Run the tests in Rust; arguments go to cargo test
[group("test")]
test-rust *args:
    cargo test --workspace --locked "$@"

# Read sources as large as sources get, 100 MB on a line, a table of a million rows, and every hostile word in every place
[group("test")]
test-large:
    cargo test --release --locked -p patra-markdown --test limits --test hostile_words -- --ignored

# Run the tests in Python, those of the outputs on all processors; arguments go to pytest
[group("test")]
test-python *args: binding
    cargo test --workspace --locked --no-run
    "{{ venv }}/bin/python" -m pytest --numprocesses logical --dist loadfile "$@" tests/python
    "{{ venv }}/bin/python" -m pytest "$@" bindings/python/tests

# Try many more random sequences of edits against Anki, with another version of it too: `just test-nightly 500`
[group("test")]
test-nightly sequences="200" other="24.11": set-up
    cargo test --workspace --locked --no-run
    PATRA_SEQUENCES="{{ sequences }}" "{{ venv }}/bin/python" -m pytest tests/python/test_deck.py tests/python/test_plan.py
    python3 -m venv "{{ venv }}-anki"
    "{{ venv }}-anki/bin/pip" install --quiet "anki=={{ other }}" pytest zstandard
    PATRA_SEQUENCES="{{ sequences }}" "{{ venv }}-anki/bin/python" -m pytest tests/python/test_deck.py tests/python/test_plan.py

# Run the Python package's examples on local clusters of Ray, Dask and Spark, two workers each; sets up .venv-scale
[group("test")]
test-scale *args: set-up
    tests/set-up.sh "{{ venv }}-scale" tests/python/requirements-scale.txt
    VIRTUAL_ENV="{{ venv }}-scale" "{{ venv }}/bin/maturin" develop --quiet --locked --manifest-path bindings/python/Cargo.toml
    "{{ venv }}-scale/bin/python" -m pytest "$@" bindings/python/scale

# Run the Python package's tests without the global interpreter lock; builds such an interpreter where there is none
[group("test")]
test-free-threaded *args: set-up
    tests/free-threaded.sh "{{ venv }}-free-threaded" "{{ venv }}"
    PYTHON_GIL=0 "{{ venv }}-free-threaded/bin/python" -m pytest "$@" bindings/python/tests

# Look for files that make a reader fail: `just fuzz markdown 600`; needs a nightly compiler. `outputs` makes all outputs too
[group("test")]
fuzz target="markdown" seconds="60" *args:
    cargo fuzz --version >/dev/null || cargo install cargo-fuzz --locked
    cp Cargo.lock tests/fuzz/Cargo.lock
    mkdir -p tests/fuzz/corpus/{{ target }}
    cargo +nightly fuzz run --fuzz-dir tests/fuzz -s none -O {{ if target == "outputs" { "--features outputs" } else { "" } }} {{ target }} \
        tests/fuzz/corpus/{{ target }} materials -- -dict=tests/fuzz/marks.dict -max_len=4096 -max_total_time={{ seconds }} -timeout=20 -rss_limit_mb=2048 {{ args }}

# Damage files of every form by chance for ten minutes, and build each: `just fuzz-all 60 7` for one minute, with other numbers
[group("test")]
fuzz-all seconds="600" seed=`date +%s`:
    PATRA_FUZZ_SECONDS="{{ seconds }}" PATRA_FUZZ_SEED="{{ seed }}" cargo test --locked -p patra-tests --test mutation -- --nocapture

# Have Anki 2.1.54, 24.11 and 26.9.3 judge decks of every note type, each installed beside .venv
[group("test")]
test-anki-versions *versions: set-up
    cargo test --workspace --locked --no-run
    tests/anki-versions.sh "{{ venv }}" "$@"

# Time a deck of many notes against genanki's; needs hyperfine, and installs genanki into .venv
[group("test")]
bench-deck count="20000": set-up
    tests/bench-deck.sh "{{ venv }}" "{{ count }}"

# Time handouts against Typst's of the same content, their memory and the sizes of their files: `just bench-peers notes.md`
[group("test")]
bench-peers *args: set-up
    tests/bench-peers.sh "{{ venv }}" "$@"

# Time the Python package against the command, and two of its threads against one
[group("test")]
bench-python runs="5": set-up
    tests/bench-python.sh "{{ venv }}" "{{ runs }}"

# Time the reading of 10 MB of Hindi against its parser alone, and count its memory
[group("test")]
bench-markdown *args:
    cargo bench --locked -p patra-markdown --bench read -- "$@"
    cargo bench --locked -p patra-markdown --bench memory -- "$@"

# Time sheets of many rows: CSV, the workbook against rust_xlsxwriter alone, Parquet
[group("test")]
bench-sheets *args:
    tests/bench-sheets.sh "$@"

# Build the Python package into .venv
[group("test")]
binding: set-up
    VIRTUAL_ENV="{{ venv }}" "{{ venv }}/bin/maturin" develop --quiet --locked --manifest-path bindings/python/Cargo.toml

# Have veraPDF and qpdf judge every paper of the course and of a text in each language; installs a JRE, Maven and qpdf where missing
[group("test")]
validate *files:
    cargo test --workspace --locked --no-run
    tests/validate.sh "$PATRA_BIN" target "$@"

# Pack the fonts anew after one of crates/fonts/fonts was changed
[group("check")]
pack-fonts: set-up
    "{{ venv }}/bin/python" crates/fonts/pack.py

# Check form, lints, documentation, dependencies and the README's first command in a clean clone: with `just test`, all that CI runs
[group("check")]
check: format-check lint doc deny clean-clone

# Bring the code into its form
[group("check")]
format:
    cargo fmt --all

# Check that the code is in its form
[group("check")]
format-check:
    cargo fmt --all --check

# Run clippy over everything; a warning is an error
[group("check")]
lint:
    cargo clippy --workspace --all-targets --locked -- -D warnings

# Build the documentation; a warning is an error
[group("check")]
doc:
    RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked

# Check licences, bans and sources with cargo-deny where it is installed, and advisories where their database is at hand
[group("check")]
deny:
    tests/deny.sh

# Run the README's commands in a clean clone of what is committed
[group("check")]
clean-clone:
    tests/clean-clone.sh

# Make .venv with the tests' requirements, and install Debian's poppler-utils and LibreOffice where pdftotext and soffice are missing
[private]
set-up:
    tests/set-up.sh "{{ venv }}"
