#!/usr/bin/env bash
# Installs the Debian or Ubuntu packages that are named and missing. Asks for nothing when there is no terminal.
set -euo pipefail

missing=()
for package in "$@"; do
  state=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$state" = installed ] || missing+=("$package")
done
[ "${#missing[@]}" -gt 0 ] || exit 0

if ! command -v apt-get >/dev/null; then
  echo "These packages are needed, and apt-get is not here to install them: ${missing[*]}" >&2
  exit 1
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "Please install as root: apt-get install ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
  # Without a terminal nobody could type a password.
  [ -t 0 ] || as_root+=(-n)
fi

echo "Installing ${missing[*]}"
apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get --quiet --yes)
"${apt[@]}" install --no-install-recommends "${missing[@]}" && exit 0
# The lists may be old or, in a container, not there at all.
"${apt[@]}" update
"${apt[@]}" install --no-install-recommends "${missing[@]}"
