#!/bin/sh
# Has several versions of Anki judge decks of every note type: `tests/anki-versions.sh VENV [VERSION…]`. VENV is the tests'
# environment; each Anki is installed beside it. Anki 2.1.54 reads only the legacy form, from 24.11 the deck tests run too.
set -eu
venv=$1
shift
[ $# -gt 0 ] || set -- 2.1.54 24.11 26.9.3
root=$(cd "$(dirname "$0")/.." && pwd)
decks=$(mktemp -d)
trap 'rm -rf "$decks"' EXIT
"$venv/bin/python" "$root/tests/python/every_deck.py" "$decks/all"
for version; do
    anki=$venv-anki-$version
    [ -x "$anki/bin/pytest" ] || { python3 -m venv "$anki" && "$anki/bin/pip" install --quiet "anki==$version" pytest zstandard; }
    echo "Anki $version"
    case $version in
        2.1.*) "$anki/bin/python" "$root/tests/python/anki_oracle.py" "$decks"/all/*-legacy.apkg ;;
        *)
            "$anki/bin/python" "$root/tests/python/anki_oracle.py" "$decks"/all/*.apkg
            "$anki/bin/python" -m pytest --quiet "$root/tests/python/test_deck.py"
            ;;
    esac
done
