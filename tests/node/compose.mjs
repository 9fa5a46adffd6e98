// Composes with the npm package that the Rust composer is a port of: `[[{ name, typeDefs, url }]]` in, results out.
import { text } from "node:stream/consumers";
import { composeServices } from "@theguild/federation-composition";
import { parse } from "graphql";

const cases = JSON.parse(await text(process.stdin));
const results = cases.map((services) => {
  const { supergraphSdl, errors } = composeServices(
    services.map(({ name, typeDefs, url }) => ({ name, typeDefs: parse(typeDefs), url })),
  );
  return {
    supergraph: supergraphSdl ?? null,
    errors: (errors ?? []).map((error) => ({ code: error.extensions?.code ?? null, message: error.message })),
  };
});
console.log(JSON.stringify(results));
