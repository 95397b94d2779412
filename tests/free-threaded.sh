#!/usr/bin/env bash
# Makes an environment with an interpreter that has no global lock, and builds the Python package into it.
# Usage: free-threaded.sh ENVIRONMENT TOOLS: TOOLS is an environment with maturin.
#
# The interpreter is $PATRA_FREE_THREADED, else python3.15t or python3.14t. Where there is none, CPython 3.13 is built without
# its lock from the source that Debian 13 ships: Debian packages no such build, and PyPI, npm and crates.io have none. PyO3
# supports free-threaded interpreters from 3.14 on and has to be told to go on with 3.13.
set -euo pipefail
environment=$1
tools=$2
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

build_interpreter() {
    local prefix=$1 work list=/usr/share/keyrings/debian-archive-keyring.gpg
    work=$(mktemp -d)
    mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
    # Lists of its own, so that the machine's are left alone.
    echo "deb-src [signed-by=$list] http://deb.debian.org/debian trixie main" >"$work/sources.list"
    local apt=(apt-get -o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=-
        -o "Dir::State::lists=$work/lists" -o "Dir::Cache=$work/cache")
    "${apt[@]}" --quiet update
    # As it came to Debian: its patches know no other folder for packages than the usual interpreter's.
    (cd "$work" && "${apt[@]}" --quiet source --download-only python3.13 && tar --extract --file python3.13_*.orig.tar.xz)
    (
        cd "$work"/Python-3.13.*
        ./configure --quiet --disable-gil --prefix="$prefix"
        make --silent --jobs="$(nproc)"
        make --silent install
    ) >"$work/log" 2>&1 || { tail -20 "$work/log" >&2 && exit 1; }
    rm -rf "$work"
}

interpreter=${PATRA_FREE_THREADED:-$(command -v python3.15t || command -v python3.14t || true)}
if [ -z "$interpreter" ]; then
    interpreter=$environment-interpreter/bin/python3.13t
    [ -x "$interpreter" ] || build_interpreter "$environment-interpreter"
fi
"$interpreter" -c 'import sys, sysconfig; sys.exit(not sysconfig.get_config_var("Py_GIL_DISABLED"))' ||
    { echo "$interpreter is not a free-threaded interpreter" >&2 && exit 1; }
if "$interpreter" -c 'import sys; sys.exit(sys.version_info >= (3, 14))'; then
    export UNSAFE_PYO3_SKIP_VERSION_CHECK=1
fi
"$interpreter" -m venv --clear "$environment"
"$environment/bin/pip" install --quiet --disable-pip-version-check pytest==9.2.0
wheels=$(mktemp -d)
trap 'rm -rf "$wheels"' EXIT
"$tools/bin/maturin" build --quiet --locked --interpreter "$environment/bin/python" --out "$wheels" \
    --manifest-path "$root/bindings/python/Cargo.toml"
"$environment/bin/pip" install --quiet --disable-pip-version-check --no-index "$wheels"/*.whl
