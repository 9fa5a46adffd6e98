// Serves a subgraph with @apollo/subgraph: queries over plain HTTP, subscriptions as server-sent events. Prints its address.
import { createServer } from "node:http";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { graphql, parse } from "graphql";
import { createHandler } from "graphql-sse/lib/use/http";

export function serveSubgraph(typeDefs, resolvers) {
  const schema = buildSubgraphSchema([{ typeDefs: parse(typeDefs), resolvers }]);
  const events = createHandler({ schema });
  let entityFetches = 0;

  const server = createServer(async (request, response) => {
    if (request.url === "/fetches") return response.end(String(entityFetches));
    if (request.headers.accept?.includes("text/event-stream")) return events(request, response);
    let text = "";
    for await (const chunk of request) text += chunk;
    const { query, variables, operationName } = JSON.parse(text);
    if (query.includes("_entities")) entityFetches += 1;
    const result = await graphql({ schema, source: query, variableValues: variables, operationName });
    response.setHeader("content-type", "application/json").end(JSON.stringify(result));
  });

  server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/`));
}
