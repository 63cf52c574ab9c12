#!/bin/sh
# Installs the real counterparts that `npm run test:peers` talks to. Safe to repeat; what is there already is left alone.
set -eu
cd "$(dirname "$0")"

version=$(node -p 'require("./bluesky/package.json").dependencies["@atproto/dev-env"]')
installed=$(node -p 'require("./bluesky/node_modules/@atproto/dev-env/package.json").version' 2>/dev/null || true)
if [ "$version" != "$installed" ]; then
  (cd bluesky && npm install --no-audit --no-fund)
fi

# Like counts need Bluesky's AppView, which needs PostgreSQL and Redis. Without them its tests are skipped by name.
wanted=""
command -v redis-server >/dev/null || wanted="$wanted redis-server"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || wanted="$wanted postgresql"
# The storage is tried on Ceph's S3 gateway.
command -v radosgw >/dev/null || wanted="$wanted ceph-mon ceph-osd radosgw ceph-common"
# Moving in is tried from WordPress.
[ -e /usr/share/wordpress/wp-load.php ] || wanted="$wanted wordpress"
command -v mariadbd >/dev/null || wanted="$wanted mariadb-server"
command -v php >/dev/null || wanted="$wanted php-cli php-mysql php-xml php-gd"
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
