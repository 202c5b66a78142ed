#!/usr/bin/env bash
# Runs every check, installing what they need. What can't be had here is skipped and said so; with
# TANDEM_REQUIRE_ALL=1 that is a failure.
set -euo pipefail
cd "$(dirname "$0")/.."

# The desk refuses TANDEM_ variables that are no settings, so those of the tests are given to the tests alone.
export -n TANDEM_REQUIRE_ALL TANDEM_TEST_POSTGRES

scripts/tools.sh
# shellcheck source=scripts/steps.sh
. scripts/steps.sh

postgres=(.ci/postgres.sh)
postgres_folder=$(mktemp --directory)
clean_up() {
  "${postgres[@]}" stop "$postgres_folder" || true
  rm -rf "$postgres_folder" "$step_output" || true
}
trap clean_up EXIT

# A server of our own on a free port, which the tests find through TANDEM_TEST_POSTGRES.
start_postgres() {
  local port settings
  port=$(python3 -c 'import socket; print(socket.create_server(("127.0.0.1", 0)).getsockname()[1])')
  if ! compgen -G '/usr/lib/postgresql/*/bin' >/dev/null && [ "$(id -u)" -ne 0 ]; then
    # Installing needs root.
    postgres=(sudo --preserve-env=TANDEM_TEST_POSTGRES_PORT "${postgres[@]}")
  fi
  settings=$(TANDEM_TEST_POSTGRES_PORT=$port "${postgres[@]}" start "$postgres_folder") || return 1
  eval "$settings"
  export -n TANDEM_TEST_POSTGRES
}

find_chromium() {
  command -v chromium || command -v chromium-browser || command -v google-chrome
}

# Debian's, with the fonts without which Chinese pages show boxes.
get_chromium() {
  find_chromium || scripts/packages.sh chromium fonts-noto-cjk
}

web() {
  (cd web && npm "$@")
}

step "web packages" scripts/web.sh packages
step "web format and lint" web exec -- biome ci .
step "web types" web run types --workspaces --if-present
step "web unit tests" web run test --if-present -w api -w console -w widget -w behaviour -w storefront
step "web build" scripts/web.sh
step "web sizes" web run size --if-present -w console -w widget -w behaviour
step "rust format" cargo fmt --all --check
step "rust lints" cargo clippy --workspace --all-targets --locked -- -D warnings
step "rust build" cargo build --workspace --bins --locked
provide "embedding model" scripts/model.sh target/debug/tandem || true
provide "PostgreSQL" start_postgres || true
step "rust tests" env TANDEM_TEST_POSTGRES="${TANDEM_TEST_POSTGRES:-}" TANDEM_REQUIRE_ALL="${TANDEM_REQUIRE_ALL:-}" \
  cargo test --workspace --locked
step "articles" scripts/articles.sh
step "tidy" cargo xtask tidy
if provide "Chromium" get_chromium; then
  CHROMIUM=$(find_chromium)
  export CHROMIUM DESK_BIN=$PWD/target/debug/tandem
  step "browser tests" web run test -w e2e
fi
finish
