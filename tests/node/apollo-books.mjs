// A subgraph that is not ours: books.
import { serveSubgraph } from "./serve-subgraph.mjs";

const books = [
  { id: "b1", title: "One" },
  { id: "b2", title: "Two" },
];

const typeDefs = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
  type Query { books: [Book!]! }
  type Mutation { rename(id: ID!, title: String!): Book }
  type Book @key(fields: "id") { id: ID! title: String }
`;

const find = ({ id }) => books.find((book) => book.id === id) ?? null;

serveSubgraph(typeDefs, {
  Query: { books: () => books },
  Mutation: {
    rename: (_, { id, title }) => {
      const book = find({ id });
      if (book) book.title = title;
      return book;
    },
  },
  Book: { __resolveReference: find },
});
