#!/usr/bin/env bash
# The quick checks while working: format, lints, tidy and unit tests. `make test` runs all.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/tools.sh
# shellcheck source=scripts/steps.sh
. scripts/steps.sh

step "rust format" cargo fmt --all --check
step "rust lints" cargo clippy --workspace --all-targets --locked -- -D warnings
step "tidy" cargo xtask tidy --quick
step "rust unit tests" cargo test --workspace --lib --bins --locked
finish
