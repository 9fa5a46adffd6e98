#!/usr/bin/env bash
# Measures the pages of the optimised portal with 10,000 entities in a real browser; the report is target/browser/speed.md.
set -euo pipefail
cd "$(dirname "$0")/.."
target="${CARGO_TARGET_DIR:-$PWD/target}"
cargo build --release
export CALLBOARD_ARTEFACTS="${CALLBOARD_ARTEFACTS:-$target/browser}" CALLBOARD_BIN="$target/release/callboard"
node --test tests/browser/speed.test.mjs
cat "$CALLBOARD_ARTEFACTS/speed.md"
