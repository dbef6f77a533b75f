#!/bin/sh
# The tests drive a real Chromium, a real PostgreSQL and a real R, and read PDFs: installs what they
# need where that is allowed, and says what to install where it is not.
set -eu
missing=""
command -v chromium >/dev/null || command -v chromium-browser >/dev/null ||
  command -v google-chrome >/dev/null || missing="$missing chromium"
command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 ||
  missing="$missing postgresql"
command -v Rscript >/dev/null || missing="$missing r-base-core"
command -v pdftotext >/dev/null || missing="$missing poppler-utils"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq
  # shellcheck disable=SC2086  a list of packages
  DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends $missing >/dev/null
else
  echo "The tests need:$missing. Install them with your system's packages, then try again." >&2
  exit 1
fi
