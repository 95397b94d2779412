#!/usr/bin/env bash
# Makes a Python environment with the tests' requirements, and sees to the programs that the tests call.
# Usage: set-up.sh ENVIRONMENT [REQUIREMENTS]
set -euo pipefail
environment=$1
requirements=${2:-$(dirname "${BASH_SOURCE[0]}")/python/requirements.txt}

missing=()
command -v pdftotext >/dev/null || missing+=(poppler-utils)
command -v qpdf >/dev/null || missing+=(qpdf)
command -v soffice >/dev/null || missing+=(libreoffice-calc-nogui)
if [ ${#missing[@]} -gt 0 ]; then
    # `env` runs what follows as it is: an empty list would be as one that isn't set.
    if [ "$(id -u)" = 0 ]; then
        as_root=(env)
    elif command -v sudo >/dev/null; then
        as_root=(sudo)
    fi
    if ! command -v apt-get >/dev/null || [ -z "${as_root+set}" ]; then
        echo "The tests need pdftotext, of poppler-utils, qpdf, and soffice, of LibreOffice, and can't install them from here: please do." >&2
        exit 1
    fi
    "${as_root[@]}" apt-get update --quiet
    "${as_root[@]}" apt-get install --quiet --yes --no-install-recommends "${missing[@]}"
fi

# A copy of the requirements in the environment says what it was made from.
if ! cmp --silent "$requirements" "$environment/requirements.txt"; then
    python3 -m venv --clear "$environment"
    "$environment/bin/pip" install --quiet --disable-pip-version-check --requirement "$requirements"
    cp "$requirements" "$environment/requirements.txt"
fi

# A checker of types that is a program for Node.js; where npm can't get it, its test is passed over.
pyright=1.1.414
if [ $# = 1 ] && command -v npm >/dev/null && [ "$(cat "$environment/pyright-version" 2>/dev/null)" != "$pyright" ]; then
    if npm install --silent --no-fund --no-audit --no-package-lock --prefix "$environment" "pyright@$pyright"; then
        echo "$pyright" >"$environment/pyright-version"
    fi
fi

# The reader of PDF files that is in Firefox, without what it draws with; where npm can't get it, the other readers are asked.
pdfjs=5.6.205
if [ $# = 1 ] && command -v npm >/dev/null && [ "$(cat "$environment/pdfjs-version" 2>/dev/null)" != "$pdfjs" ]; then
    if npm install --silent --no-fund --no-audit --no-package-lock --omit=optional --prefix "$environment" \
        "pdfjs-dist@$pdfjs"; then
        echo "$pdfjs" >"$environment/pdfjs-version"
    fi
fi
