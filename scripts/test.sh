#!/usr/bin/env bash
# Every test: the front end's own, the Rust ones on both databases, then the browser's against the real server.
set -euo pipefail
export REQUIRE_NODE=1
cd "$(dirname "$0")/.."
target="${CARGO_TARGET_DIR:-$PWD/target}"

(cd web && npm run --silent test)
cargo build --workspace --bins
scripts/snapshots.sh --check
CALLBOARD_BIN="$target/debug/callboard" "$target/debug/with-postgres" cargo test --workspace --no-fail-fast -- --quiet
scripts/browser.sh
