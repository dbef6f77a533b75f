#!/bin/sh
# The tests drive a real Chromium, a real PostgreSQL behind PgBouncer and HAProxy, and a real R, and
# read PDFs: installs what they need where that is allowed, and says what to install where it is not.
# Another program that installs packages is waited for, ten minutes at most. With `soak` it is what
# the soak run needs too: Firefox, WebKitGTK on a display that nobody sees, and LibreOffice for
# spreadsheets.
set -eu
missing=""
command -v chromium >/dev/null || command -v chromium-browser >/dev/null ||
  command -v google-chrome >/dev/null || missing="$missing chromium"
command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 ||
  missing="$missing postgresql"
command -v Rscript >/dev/null || missing="$missing r-base-core"
command -v pdftotext >/dev/null || missing="$missing poppler-utils"
for each in haproxy pgbouncer; do  # Debian has them where only root looks
  command -v $each >/dev/null || ls /usr/sbin/$each >/dev/null 2>&1 || missing="$missing $each"
done
if [ "${1:-}" = soak ]; then
  command -v firefox-esr >/dev/null || command -v firefox >/dev/null || missing="$missing firefox-esr"
  command -v WebKitWebDriver >/dev/null || missing="$missing webkit2gtk-driver"
  command -v Xvfb >/dev/null || missing="$missing xvfb"
  command -v soffice >/dev/null || command -v libreoffice >/dev/null ||
    missing="$missing libreoffice-calc-nogui"
fi
[ -z "$missing" ] && exit 0

patiently() {  # run apt-get, again and again while another program has one of its locks
  left=600
  until said=$(LC_ALL=C DEBIAN_FRONTEND=noninteractive apt-get "$@" 2>&1); do
    case $said in *"get lock"*|*"to lock"*) ;; *) echo "$said" >&2; exit 1 ;; esac
    [ "$left" -gt 0 ] || { echo "$said" >&2; exit 1; }
    [ "$left" -lt 600 ] || echo "Another program is installing packages: waiting until it has ended." >&2
    sleep "${MYTHS_APT_PAUSE:-5}"
    left=$((left - 5))
  done
}

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  patiently update -qq
  # shellcheck disable=SC2086  a list of packages
  patiently install -qq --yes --no-install-recommends $missing
else
  echo "The tests need:$missing. Install them with your system's packages, then try again." >&2
  exit 1
fi
