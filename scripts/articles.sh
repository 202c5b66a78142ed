#!/usr/bin/env bash
# Checks the demo shop's articles. Needs PyYAML: whichever Python has it, else Debian's package.
set -euo pipefail
cd "$(dirname "$0")/.."

has_yaml() {
  "$1" -c 'import yaml' 2>/dev/null
}
python=python3
if ! has_yaml python3; then
  python=/usr/bin/python3
  has_yaml "$python" || scripts/packages.sh python3-yaml
fi
exec "$python" content/articles/check.py
