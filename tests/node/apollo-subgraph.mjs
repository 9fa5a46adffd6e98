// A subgraph that is not ours: reviews of books, by @apollo/subgraph over plain HTTP. Prints its address.
import { createServer } from "node:http";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { graphql, GraphQLError, parse } from "graphql";

const typeDefs = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires", "@shareable"])
  type Query { latest(first: Int! = 2): [Review!]! slow: String }
  type Review @key(fields: "id") { id: ID! text: String book: Book! }
  type Book @key(fields: "id") { id: ID! title: String @external reviews: [Review!]! stars: Int headline: String @requires(fields: "title") }
`);

const reviews = [
  { id: "r1", text: "long", book: { id: "b1" } },
  { id: "r2", text: null, book: { id: "b2" } },
  { id: "r3", text: "short", book: { id: "b1" } },
];

const resolvers = {
  Query: {
    latest: (_, { first }) => reviews.slice(0, first),
    slow: () => new Promise((resolve) => setTimeout(() => resolve("at last"), 60_000)),
  },
  Book: {
    __resolveReference: (book) => (book.id === "none" ? null : book),
    reviews: ({ id }) => reviews.filter((review) => review.book.id === id),
    stars: ({ id }) => {
      if (id === "b2") throw new GraphQLError("nobody counted", { extensions: { code: "UNCOUNTED" } });
      return 5;
    },
    headline: ({ title }) => title?.toUpperCase() ?? null,
  },
};

const schema = buildSubgraphSchema([{ typeDefs, resolvers }]);
let entityFetches = 0;

const server = createServer(async (request, response) => {
  let text = "";
  for await (const chunk of request) text += chunk;
  if (request.url === "/fetches") return response.end(String(entityFetches));
  const { query, variables, operationName } = JSON.parse(text);
  if (query.includes("_entities")) entityFetches += 1;
  const result = await graphql({ schema, source: query, variableValues: variables, operationName });
  response.setHeader("content-type", "application/json").end(JSON.stringify(result));
});

server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/`));
