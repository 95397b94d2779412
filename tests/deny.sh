#!/usr/bin/env bash
# Checks the dependencies against deny.toml with cargo-deny. Building it takes minutes, so that it isn't installed here; without it the
# test tests/tests/dependencies.rs has checked licences, bans and sources already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
if ! cargo deny --version >/dev/null 2>&1; then
    echo "deny: cargo-deny is not installed (cargo install --locked cargo-deny), so advisories were not checked; the tests check the rest"
    exit 0
fi
cargo deny --offline check licenses bans sources
if compgen -G "${CARGO_HOME:-$HOME/.cargo}/advisory-db*" >/dev/null; then
    cargo deny --offline check --disable-fetch advisories
else
    echo "deny: the database of advisories is not at hand, so advisories were not checked; cargo deny fetch gets it"
fi
