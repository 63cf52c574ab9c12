#!/bin/sh
# A Bluesky server and a mail server, from npm.
set -eu
cd "$(dirname "$0")/.."

version=$(node -p 'require("./bluesky/package.json").dependencies["@atproto/dev-env"]')
installed=$(node -p 'require("./bluesky/node_modules/@atproto/dev-env/package.json").version' 2>/dev/null || true)
if [ "$version" != "$installed" ]; then
  (cd bluesky && npm install --no-audit --no-fund)
fi

version=$(node -p 'require("./maildev/package.json").dependencies.maildev')
installed=$(node -p 'require("./maildev/node_modules/maildev/package.json").version' 2>/dev/null || true)
if [ "$version" != "$installed" ]; then
  (cd maildev && npm install --no-audit --no-fund)
fi
