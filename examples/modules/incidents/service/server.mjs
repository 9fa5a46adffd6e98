// Incidents, as a service of its own that the portal's graph has a part of: `node server.mjs`.
import { createServer } from "node:http";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { graphql, parse } from "graphql";
import { readViewer } from "./identity.mjs";
import { resolvers, typeDefs } from "./incidents.mjs";

const port = Number(process.env.PORT ?? 4010);
const schema = buildSubgraphSchema([{ typeDefs: parse(typeDefs), resolvers }]);
const largest = 1_000_000;

async function read(request) {
  // A letter may be in two chunks.
  request.setEncoding("utf8");
  let text = "";
  for await (const chunk of request) {
    text += chunk;
    if (text.length > largest) throw new Error("the operation is too long");
  }
  return JSON.parse(text);
}

const server = createServer(async (request, response) => {
  try {
    const { query, variables, operationName } = await read(request);
    const contextValue = { viewer: await readViewer(request.headers.authorization) };
    const answer = await graphql({ schema, source: query, variableValues: variables, operationName, contextValue });
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
  } catch (error) {
    response.writeHead(400, { "content-type": "application/json" });
    response.end(JSON.stringify({ errors: [{ message: error.message }] }));
  }
});

server.listen(port, "127.0.0.1", () => console.log(`Incidents are at http://127.0.0.1:${server.address().port}/`));
