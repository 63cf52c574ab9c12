#!/bin/sh
# Installs the real counterparts that `npm run test:peers` talks to. Safe to repeat; what is there already is left alone.
# Side by side, since each waits for its downloads most of the time; what they say is shown at the end.
set -eu
cd "$(dirname "$0")"

said=$(mktemp -d)
for part in install/*.sh; do
  name=$(basename "$part" .sh)
  (if sh "$part" >"$said/$name" 2>&1; then :; else touch "$said/$name.failed"; fi) &
done
wait

failed=0
for part in install/*.sh; do
  name=$(basename "$part" .sh)
  cat "$said/$name"
  if [ -e "$said/$name.failed" ]; then
    echo "$part failed: see above" >&2
    failed=1
  fi
done
rm -rf "$said"
exit "$failed"
