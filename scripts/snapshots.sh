#!/usr/bin/env bash
# The files that are made from the code and reviewed as diffs. --check: they are current; --write: make them so.
set -euo pipefail
cd "$(dirname "$0")/.."
callboard="${CARGO_TARGET_DIR:-$PWD/target}/debug/callboard"
mode="${1:---check}"

[ "$mode" = --check ] || cargo build --quiet
current=$(mktemp -d)
trap 'rm -rf "$current"' EXIT
mkdir -p "$current/schema/subgraphs" "$current/docs"
cd "$current"
"$callboard" schema public >schema/public.graphql
"$callboard" schema supergraph >schema/supergraph.graphql
for id in portal audit permissions auth catalog search; do
  "$callboard" schema subgraph "$id" >"schema/subgraphs/$id.graphql"
done
"$callboard" config reference >docs/config.md
"$callboard" config schema >docs/config.schema.json
cd - >/dev/null

if [ "$mode" = --write ]; then
  mkdir -p docs schema/subgraphs
  cp -r "$current/schema" "$current/docs" .
elif ! diff -ru "$current/schema/subgraphs" schema/subgraphs ||
  ! diff -u "$current/schema/public.graphql" schema/public.graphql ||
  ! diff -u "$current/schema/supergraph.graphql" schema/supergraph.graphql ||
  ! diff -u "$current/docs/config.md" docs/config.md ||
  ! diff -u "$current/docs/config.schema.json" docs/config.schema.json; then
  echo "snapshots differ from what the code makes: run \`make schema\` and review the diff" >&2
  exit 1
fi
