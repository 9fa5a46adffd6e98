// Runs the public GraphQL over HTTP audit against a URL; every audit must be ok, MUST, SHOULD and MAY alike.
import { auditServer } from "graphql-http";

const url = process.argv[2];
if (!url) {
  console.error("usage: node graphql-http-audit.mjs URL");
  process.exit(2);
}

const results = await auditServer({ url });
const failures = results.filter((result) => result.status !== "ok");
for (const { id, name, status, reason } of failures) {
  console.error(`${status} ${id} ${name}: ${reason}`);
}
console.log(`${results.length - failures.length} of ${results.length} audits ok`);
process.exit(failures.length === 0 && results.length > 0 ? 0 : 1);
