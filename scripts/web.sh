#!/usr/bin/env bash
# Builds the console, the widget, the behaviour script and the demo storefront, and installs their packages when the lock file changed.
set -euo pipefail
cd "$(dirname "$0")/../web"

if [ package-lock.json -nt node_modules/.package-lock.json ]; then
  echo "Installing the web packages"
  npm ci --no-audit --no-fund
fi
[ "${1:-build}" = packages ] && exit 0
for app in console widget behaviour storefront; do
  echo "Building $app"
  npm run --silent build --workspace "$app"
done
