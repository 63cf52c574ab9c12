#!/bin/sh
# What Debian has, one after the other: apt lets nobody in beside it.
set -eu
cd "$(dirname "$0")/.."

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
# snac and the other PgBouncer are built with these.
if command -v cc >/dev/null && [ ! -x snac/snac ]; then wanted="$wanted libcurl4-openssl-dev libssl-dev"; fi
if command -v cc >/dev/null && [ ! -x pgbouncer/pgbouncer ]; then wanted="$wanted libevent-dev pkgconf"; fi
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
if [ ! -x pgbouncer/pgbouncer ] && command -v cc >/dev/null && command -v make >/dev/null; then
  unpacked=$(mktemp -d)
  if (
    cd "$unpacked" &&
      curl -sf -m 120 -o source.tar.gz "http://deb.debian.org/debian/pool/main/p/pgbouncer/pgbouncer_$pgbouncer.orig.tar.gz" &&
      echo "da72a3aba13072876d055a3e58dd4aba4a5de4ed6148e73033185245598fd3e0  source.tar.gz" | sha256sum -c - >/dev/null &&
      tar -xzf source.tar.gz --strip-components=1 &&
      ./configure --without-openssl --without-cares --without-pam >/dev/null &&
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
