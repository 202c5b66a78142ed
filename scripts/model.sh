#!/usr/bin/env bash
# Fetches the embedding model once with the given binary. Without it the desk finds articles by words only.
set -euo pipefail

if ! "$1" model fetch; then
  echo "warning: the embedding model could not be fetched. Search works by words only until" >&2
  echo "warning: '$1 model fetch' succeeds; it goes on where it stopped." >&2
  exit 1
fi
