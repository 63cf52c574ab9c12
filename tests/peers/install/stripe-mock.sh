#!/bin/sh
# Stripe's own mock, a single program, is built where there is Go.
set -eu
cd "$(dirname "$0")/.."

go=$(command -v go || ls /usr/local/go/bin/go 2>/dev/null || true)
if [ -n "$go" ] && [ ! -e stripe-mock/stripe-mock ]; then
  GOBIN=$(pwd)/stripe-mock "$go" install github.com/stripe/stripe-mock@v0.203.0
fi
