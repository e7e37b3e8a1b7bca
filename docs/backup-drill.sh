#!/bin/sh
# The drill: back up, destroy, put back, compare. Works on copies in a scratch folder; your home is only read.
#     docs/backup-drill.sh LISTENER [GROOVELOG]
set -eu
listener=$1 groovelog=${2:-groovelog}
drill=$(mktemp -d)
trap 'rm -rf "$drill"' EXIT

checksums() { # of everything that the listener has, as CSV, from the home given
    rm -rf "$drill/export"
    "$groovelog" --home "$1" export --listener "$listener" --format csv --output "$drill/export" > /dev/null
    (cd "$drill/export" && sha256sum ./*.csv)
}

said() { printf '\n$ %s\n' "$*"; }

said "groovelog lake backup backups"
"$groovelog" lake backup "$drill/backups" | sed "s|$drill/||g"
home=${GROOVELOG_HOME:?set GROOVELOG_HOME}
checksums "$home" > "$drill/before"

said "cp -r home copy && groovelog --home copy lake restore backups      # not empty: refused"
cp -r "$home" "$drill/copy"
"$groovelog" --home "$drill/copy" lake restore "$drill/backups" 2>&1 | sed "s|$drill/||g" || true

said "rm -rf copy && groovelog --home copy lake restore backups"
rm -rf "$drill/copy"
"$groovelog" --home "$drill/copy" lake restore "$drill/backups" | sed "s|$drill/||g"

said "groovelog --home copy lake check"
"$groovelog" --home "$drill/copy" lake check

said "sha256sum of what $listener has, before and after"
checksums "$drill/copy" > "$drill/after"
cat "$drill/after"
cmp "$drill/before" "$drill/after" && echo "Equal."

said "one bit of the largest object turned: groovelog --home other lake restore backups"
object=$(find "$drill/backups/objects" -type f -size +0 -printf '%s %p\n' | sort -n | tail -1 | cut -d' ' -f2)
python3 - "$object" <<'PY'
import sys
with open(sys.argv[1], "r+b") as file:
    file.seek(100)
    byte = file.read(1)[0]
    file.seek(100)
    file.write(bytes([byte ^ 1]))
PY
"$groovelog" --home "$drill/other" lake restore "$drill/backups" 2>&1 | sed "s|$drill/||g" || true
test ! -e "$drill/other" && echo "Nothing was put back."
