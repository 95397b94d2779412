#!/usr/bin/env bash
# Has veraPDF judge every paper by PDF/UA-1 and PDF/A-2a, and qpdf by the rules of PDF: those of both editions of the course,
# those of a text in each language, of a text with pictures of every kind and formulas, and of texts with powers, verse, lettered lists
# and tests in sets. Installs Debian's JRE, Maven and qpdf where they are missing.
# Usage: validate.sh PATRA FOLDER [PDF…]; further files are judged too.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
patra=$(realpath "$1")
folder=$2
shift 2

missing=()
command -v java >/dev/null || missing+=(default-jre-headless)
command -v mvn >/dev/null || missing+=(maven)
command -v qpdf >/dev/null || missing+=(qpdf)
if [ ${#missing[@]} -gt 0 ]; then
    as_root=()
    [ "$(id -u)" = 0 ] || as_root=(sudo)
    "${as_root[@]}" apt-get update --quiet
    "${as_root[@]}" apt-get install --quiet --yes --no-install-recommends "${missing[@]}"
fi

# Maven brings the files of a version once, and checks each by its checksum. A copy of the list says what they were made from.
library=$folder/verapdf
if ! cmp --silent "$here/verapdf/pom.xml" "$library/pom.xml"; then
    rm -rf "$library"
    mvn --quiet --batch-mode -Dstyle.color=never --strict-checksums --file "$here/verapdf/pom.xml" \
        dependency:copy-dependencies -DoutputDirectory="$(realpath -m "$library")"
    cp "$here/verapdf/pom.xml" "$library/pom.xml"
fi

papers=$(realpath -m "$folder")/papers
rm -rf "$papers"
mkdir -p "$papers"
(cd "$papers" && "$patra" build --only pdf -o course >/dev/null)
for source in "$here"/languages/*.md; do
    # Two of the languages have no phrases of patra's own, which is warned of.
    "$patra" build --only pdf -o "$papers/$(basename "$source" .md)" "$source" >/dev/null 2>"$papers/problems" ||
        { cat "$papers/problems" >&2; exit 1; }
done
(cd "$here/figures" && "$patra" build --only pdf --paper handout,worksheet,answers,cards,booklet -o "$papers" figures.md >/dev/null)
(cd "$here/marks" && "$patra" build --only pdf --paper handout,worksheet,answers,cards,test --sets A,B -o "$papers/marks" . >/dev/null)
# A booklet is not among the usual papers.
for source in "$here"/languages/*.md; do
    "$patra" build --only pdf --paper booklet --contents always -o "$papers/booklets/$(basename "$source" .md)" "$source" \
        >/dev/null 2>"$papers/problems" || { cat "$papers/problems" >&2; exit 1; }
done
# Nor is a handout of two editions.
(cd "$here/../materials" && "$patra" build bpo.hi.md bpo.en.md --bilingual --only pdf --paper handout -o "$papers/bilingual" >/dev/null)
mapfile -t files < <(find "$papers" -name '*.pdf' | sort)
[ ${#files[@]} -ge 105 ] || { echo "only ${#files[@]} papers were made" >&2; exit 1; }
files+=("$@")

failed=0
for file in "${files[@]}"; do
    qpdf --check "$file" >"$papers/qpdf" 2>&1 || { failed=$((failed + 1)); cat "$papers/qpdf"; }
done
echo "qpdf: ${#files[@]} papers, $failed with failures"

# One process for all files, since its start takes most of the time that a file takes.
for flavour in ua1 2a; do
    java -cp "$library/*" org.verapdf.apps.GreenfieldCliWrapper \
        -f "$flavour" --format text -v "${files[@]}" >"$papers/$flavour.txt" 2>"$papers/$flavour.log" || true
    passed=$(grep -c '^PASS ' "$papers/$flavour.txt" || true)
    if [ "$passed" != ${#files[@]} ]; then
        failed=$((failed + 1))
        grep -v '^PASS ' "$papers/$flavour.txt" || true
        cat "$papers/$flavour.log"
    fi
    echo "veraPDF $flavour: ${#files[@]} papers, $((${#files[@]} - passed)) with failures"
done
[ "$failed" = 0 ]
