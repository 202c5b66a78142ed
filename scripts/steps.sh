# Runs named checks one after another, tells how long each took, and sums them up. To be sourced.
# shellcheck shell=bash

passed=0
failed=0
skipped=0
step_lines=()
# Output goes through a pipe and is counted; some tools colour it all the same.
unset FORCE_COLOR
export NO_COLOR=1
step_output=$(mktemp)
trap 'rm -f "$step_output"' EXIT

# step NAME COMMAND...: runs a check. The script goes on, whatever comes of it.
step() {
  local name=$1 started=$SECONDS outcome=ok p f s
  shift
  printf '\n== %s\n' "$name"
  "$@" </dev/null 2>&1 | tee "$step_output" || outcome=FAILED
  read -r p f s < <(count_tests "$step_output")
  # A check that counts no tests is one itself; one that ends in failure has failed, even if no test says so.
  if [ "$outcome" = FAILED ] && [ "$f" -eq 0 ]; then f=1; fi
  if [ "$((p + f + s))" -eq 0 ]; then p=1; fi
  passed=$((passed + p))
  failed=$((failed + f))
  skipped=$((skipped + s))
  note_step "$outcome" "$name" "$((SECONDS - started)) s; $p passed, $f failed, $s skipped"
}

# provide NAME COMMAND...: gets something that later checks need; when it can't be had, they count as skipped.
provide() {
  local name=$1 started=$SECONDS
  shift
  printf '\n== %s\n' "$name"
  if "$@"; then
    note_step ok "$name" "$((SECONDS - started)) s"
  else
    skip "$name" "could not be had: the checks that need it are left out"
    return 1
  fi
}

skip() {
  skipped=$((skipped + 1))
  note_step skipped "$1" "$2"
}

note_step() {
  step_lines+=("$(printf '%-8s %-22s %s' "$1" "$2" "$3")")
  printf -- '-- %s: %s (%s)\n' "$2" "$1" "$3"
}

# The tests that cargo, vitest and playwright say they ran: passed, failed, skipped.
count_tests() {
  sed 's/\x1b\[[0-9;]*m//g' "$1" | awk '
    function add(count, word) {
      if (word == "passed") passed += count
      if (word == "failed" || word == "flaky") failed += count
      if (word == "ignored" || word == "skipped" || word == "todo" || word == "did") skipped += count
    }
    /^test result: / { for (i = 4; i < 10; i += 2) { sub(";", "", $(i + 1)); add($i, $(i + 1)) } }
    / Tests  / { for (i = 2; i < NF; i++) if ($i ~ /^[0-9]+$/) add($i, $(i + 1)) }
    /^  [0-9]+ (passed|failed|flaky|skipped|did not run)/ { add($1, $2) }
    END { print passed + 0, failed + 0, skipped + 0 }'
}

# Prints all steps and the closing line; false when something failed, or was skipped that may not be.
finish() {
  printf '\n'
  printf '%s\n' "${step_lines[@]}"
  printf '\n%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
  if [ "$skipped" -gt 0 ] && [ "${TANDEM_REQUIRE_ALL:-}" = 1 ]; then
    echo "TANDEM_REQUIRE_ALL=1: nothing may be skipped." >&2
    return 1
  fi
  [ "$failed" -eq 0 ]
}
