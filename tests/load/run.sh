#!/usr/bin/env bash
# Loads a running kind of portal: starts the optimised binary over a folder of descriptors, waits until all are
# visible, then asks four kinds of question with wrk. Usage: tests/load/run.sh FOLDER COUNT [postgres://...]
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(realpath "${1:?usage: tests/load/run.sh FOLDER COUNT [DATABASE_URL]}")
count="${2:?how many entities the folder holds}"
binary="${CARGO_TARGET_DIR:-$PWD/target}/release/callboard"
here="$PWD/tests/load"

data=$(mktemp -d)
cat >"$data/callboard.yaml" <<YAML
log: { level: warn }
auth: { guest: { enabled: true } }
permission: { roles: [{ name: reader, members: ["*"], grants: [{ permission: "catalog.entity.read" }] }] }
catalog:
  locations: [{ type: file, target: "$folder/*.yaml" }]
  rules: [{ allow: [Component, API, Resource, System, Domain, Group, User, Location] }]
YAML
[ -z "${3:-}" ] || printf 'database: { url: "%s" }\n' "$3" >>"$data/callboard.yaml"

now() { date +%s%N; }
ask() { curl -s "$url/graphql" -H 'content-type: application/json' -d "$1"; }
visible() { ask '{"query":"{ entities(first: 0) { totalCount } }"}' | grep -q "\"totalCount\":$count[},]"; }

start() {
  : >"$data/out"
  began=$(now)
  "$binary" serve --config "$data/callboard.yaml" --data "$data" --listen 127.0.0.1:0 >"$data/out" 2>"$data/log" &
  server=$!
  until url=$(sed -n 's/^Callboard is at //p' "$data/out") && [ -n "$url" ]; do
    kill -0 $server || { cat "$data/log"; exit 1; }
    sleep 0.01
  done
  printf '%-34s %6d ms\n' "$1 to listening" $((($(now) - began) / 1000000))
  until visible; do sleep 0.02; done
  printf '%-34s %6d ms\n' "$1 to all visible" $((($(now) - began) / 1000000))
}
memory() { printf '%-34s %6d MiB\n' "$1" $(($(awk "/$2/ { print \$2 }" /proc/$server/status) / 1024)); }

start "first start"
trap 'kill $server 2>/dev/null || true; wait $server 2>/dev/null || true; rm -rf "$data"' EXIT
memory "memory after ingestion" VmRSS
kill $server && wait $server || true
start "restart"
memory "memory after restart" VmRSS

one=$(ask '{"query":"{ entities(filter: { kind: [\"Component\"] }, first: 1) { nodes { ref owner { ref } } } }"}')
ref=$(sed -n 's/.*"ref":"\(component[^"]*\)".*/\1/p' <<<"$one")
owner=$(sed -n 's/.*"ref":"\(group[^"]*\)".*/\1/p' <<<"$one")
export LOAD_REF="$ref" LOAD_OWNER="$owner"
printf '\n%-34s %10s %9s %9s\n' "16 connections" "req/s" "p50 ms" "p99 ms"
for question in floor entity list facets relations; do
  LOAD_QUESTION=$question wrk -t1 -c16 -d"${SECONDS_EACH:-8}s" --latency -s "$here/ask.lua" "$url/graphql" | tail -n 1
done
memory "memory after load" VmRSS
memory "memory at its peak" VmHWM
