#!/usr/bin/env bash
# Builds the desk, fetches the embedding model and starts the demo shop. Nothing is kept outside this folder and the
# user's cache.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/build.sh
scripts/model.sh target/release/tandem || echo "Going on without the model."
exec target/release/tandem demo
