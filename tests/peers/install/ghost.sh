#!/bin/sh
# Publishing is tried on Ghost (MIT): 22 MB, and 500 MB of what it needs. It keeps its data in SQLite, which is compiled where
# no built one can be had; what else would be compiled is not needed here.
set -eu
cd "$(dirname "$0")/.."

ghost=5.130.6
if [ "$ghost" != "$(node -p 'require("./ghost/node_modules/ghost/package.json").version' 2>/dev/null || true)" ]; then
  unpacked=$(mktemp -d)
  if (
    # What Ghost is developed with is no part of it, and can't all be had.
    cd "$unpacked" &&
      timeout 300 npm pack --silent "ghost@$ghost" >/dev/null &&
      tar -xzf "ghost-$ghost.tgz" &&
      cd package &&
      node -e 'const p = require("./package.json"); delete p.devDependencies; require("fs").writeFileSync("package.json", JSON.stringify(p))' &&
      timeout 900 npm install --omit=dev --legacy-peer-deps --ignore-scripts --no-audit --no-fund --loglevel error &&
      timeout 900 npm rebuild sqlite3 --loglevel error
  ); then
    rm -rf ghost
    mkdir -p ghost/node_modules
    mv "$unpacked/package" ghost/node_modules/ghost
  else
    echo "no Ghost: its tests are skipped" >&2
  fi
  rm -rf "$unpacked"
fi
