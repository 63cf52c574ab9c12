#!/bin/sh
# Every parameter of the API is tried by sqlmap, which is run and never linked (GPL): Python that needs no other package.
set -eu
cd "$(dirname "$0")/.."

sqlmap=1.10.10
if [ ! -e "sqlmap/sqlmap-$sqlmap.dist-info" ] && command -v python3 >/dev/null; then
  unpacked=$(mktemp -d)
  if timeout 300 python3 -m pip download -q --no-deps -d "$unpacked" "sqlmap==$sqlmap"; then
    rm -rf sqlmap
    python3 -m zipfile -e "$unpacked"/sqlmap-*.whl sqlmap
  else
    echo "no sqlmap: its tests are skipped" >&2
  fi
  rm -rf "$unpacked"
fi
