#!/usr/bin/env bash
# The browser suite against the real server with the demo catalog.
set -euo pipefail
cd "$(dirname "$0")/.."
target="${CARGO_TARGET_DIR:-$PWD/target}"

data=$(mktemp -d)
touch "$data/out" "$data/log"
"$target/debug/callboard" serve --config demo/callboard.yaml --data "$data" --listen 127.0.0.1:0 >"$data/out" 2>"$data/log" &
server=$!
trap 'kill $server 2>/dev/null || true; wait $server 2>/dev/null || true; rm -rf "$data"' EXIT
for _ in $(seq 1 150); do
  address=$(sed -n 's/^Callboard is at //p' "$data/out")
  [ -z "$address" ] || break
  kill -0 $server 2>/dev/null || { cat "$data/log" >&2; exit 1; }
  sleep 0.2
done
[ -n "${address:-}" ] || { echo "the server did not start" >&2; cat "$data/log" >&2; exit 1; }
# Screenshots, Lighthouse reports and speed.md are left in browser/ of the build output.
export CALLBOARD_ARTEFACTS="${CALLBOARD_ARTEFACTS:-$target/browser}"
CALLBOARD_URL="$address" CALLBOARD_BIN="$target/debug/callboard" node --test --test-concurrency=1 tests/browser/*.test.mjs
