#!/usr/bin/env bash
# Builds target/release/tandem with the web apps and the demo content inside.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/tools.sh
scripts/web.sh
echo "Building tandem (the first time takes several minutes)"
cargo build --release --locked --package tandem
