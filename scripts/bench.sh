#!/usr/bin/env bash
# Measures search over 100,000 articles and the embedding model. docs/measurements.md keeps the figures.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/tools.sh
echo "== search over 100,000 articles"
cargo run --release --locked --package tandem-knowledge --example measure_search
echo "== the embedding model"
cargo run --release --locked --package tandem-models --example measure
echo "== the guard"
cargo run --release --locked --package tandem-engine --example measure_guard
