#!/usr/bin/env bash
# Removes everything that was built. Keeps the database of the demo and the model in the user's cache.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo clean
rm -rf web/node_modules web/*/node_modules web/*/dist web/e2e/test-results web/e2e/playwright-report
