// A subgraph that is not ours: reviews of books.
import { GraphQLError } from "graphql";
import { serveSubgraph } from "./serve-subgraph.mjs";

const typeDefs = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires", "@shareable"])
  type Query { latest(first: Int! = 2): [Review!]! slow: String }
  type Subscription { reviewed: Review! }
  type Review @key(fields: "id") { id: ID! text: String book: Book! }
  type Book @key(fields: "id") { id: ID! title: String @external reviews: [Review!]! stars: Int headline: String @requires(fields: "title") }
`;

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
  Subscription: {
    reviewed: {
      subscribe: async function* () {
        for (const reviewed of reviews) yield { reviewed };
      },
    },
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

serveSubgraph(typeDefs, resolvers);
