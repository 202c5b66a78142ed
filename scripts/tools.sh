#!/usr/bin/env bash
# Checks that the tools everything is built with are here and new enough; installs a C compiler when there is none.
set -euo pipefail
cd "$(dirname "$0")/.."

faults=0
fault() {
  echo "missing: $1" >&2
  faults=$((faults + 1))
}

# Whether version $2 is at least version $1.
is_at_least() {
  [ "$(printf '%s\n%s\n' "$1" "$2" | sort --version-sort | head --lines=1)" = "$1" ]
}

rust_wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
if ! command -v cargo >/dev/null; then
  fault "Rust $rust_wanted or newer. Get it from https://rustup.rs, open a new shell and try again."
else
  rust_found=$(rustc --version | cut --delimiter=' ' --fields=2)
  is_at_least "$rust_wanted" "$rust_found" ||
    fault "Rust $rust_wanted or newer; found $rust_found. With rustup: rustup update stable"
fi

node_wanted=20.19
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  fault "Node.js $node_wanted or newer with npm. Get it from https://nodejs.org."
else
  node_found=$(node --version)
  is_at_least "$node_wanted" "${node_found#v}" || fault "Node.js $node_wanted or newer; found $node_found"
fi

command -v python3 >/dev/null || fault "Python 3. On Debian: apt-get install python3"
[ "$faults" -eq 0 ] || exit 1

command -v cc >/dev/null || scripts/packages.sh gcc libc6-dev
