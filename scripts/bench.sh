#!/usr/bin/env bash
# The benchmarks, optimised. `make bench` measures the portal from outside, beside the reference's figures; arguments for
# that are in ARGS (`--help` tells which). `make bench-parts` measures parts of it, as ratios within one run.
set -euo pipefail
cd "$(dirname "$0")/.."
target="${CARGO_TARGET_DIR:-$PWD/target}"
if [ "${1:-}" = --parts ]; then
  cargo bench -p callboard-schema
  cargo bench -p callboard-catalog
  cargo bench -p callboard-tests --bench policies
  exit
fi
cargo build --release
cargo build --release -p callboard-bench
exec "$target/release/callboard-bench" --program "$target/release/callboard" "$@"
