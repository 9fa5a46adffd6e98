#!/usr/bin/env bash
# No crate in the lock file may be under a licence we do not link.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo metadata --format-version 1 --locked --all-features | node -e '
  const { packages } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
  const refused = /\b(A?GPL|LGPL|SSPL|BUSL|Elastic|Commons-Clause)/i;
  const bad = packages.filter(({ license }) => {
    const choices = (license ?? "none").split(/ OR |\//).map((choice) => choice.trim());
    return choices.every((choice) => refused.test(choice) || choice === "none");
  });
  const unknown = bad.filter(({ license_file, license }) => license || !license_file);
  for (const { name, version, license } of unknown) console.error(`${name} ${version}: ${license ?? "no licence"}`);
  console.log(`${packages.length} crates, ${unknown.length} with a licence that is refused`);
  process.exit(unknown.length ? 1 : 0);
'
