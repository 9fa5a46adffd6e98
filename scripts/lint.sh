#!/usr/bin/env bash
# Formatting, lints, types and licences; nothing is changed.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo fmt --all --check
cargo clippy --workspace --all-targets --quiet -- -D warnings
(cd web && npm run --silent check)
if cargo deny --version >/dev/null 2>&1; then
  cargo deny --workspace check bans licenses sources
else
  echo "cargo-deny is not installed: licences are checked by scripts/licences.sh alone"
fi
scripts/licences.sh
