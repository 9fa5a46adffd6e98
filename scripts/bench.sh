#!/usr/bin/env bash
# The benchmarks that compare within one run, optimised.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo bench -p callboard-schema
cargo bench -p callboard-catalog
cargo bench -p callboard-tests --bench policies
