// What incidents are, in the words of the graph, and where they are kept.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { GraphQLError } from "graphql";

const file = process.env.INCIDENTS ?? fileURLToPath(new URL("incidents.json", import.meta.url));
const incidents = JSON.parse(readFileSync(file, "utf8"));

function keep() {
  writeFileSync(`${file}.new`, JSON.stringify(incidents, null, 2));
  renameSync(`${file}.new`, file);
}

export const typeDefs = `
  extend schema @link(
    url: "https://specs.apollo.dev/federation/v2.3"
    import: ["@key", "@external", "@requires", "@interfaceObject"]
  )

  scalar EntityRef

  type Query {
    "Incidents, the latest first."
    incidents(open: Boolean): [Incident!]!
  }

  type Mutation {
    "Says that an incident is over. Takes somebody who is signed in."
    resolveIncident(id: ID!): Incident
  }

  "Something that went wrong."
  type Incident @key(fields: "id") {
    id: ID!
    title: String!
    severity: IncidentSeverity!
    openedAt: String!
    "Null while it is open."
    resolvedAt: String
    "Who said that it is over."
    resolvedBy: EntityRef
    "What it is about."
    about: EntityRef!
  }

  enum IncidentSeverity { MINOR MAJOR }

  "Anything in the catalog has incidents."
  type Entity @interfaceObject @key(fields: "id") {
    id: ID!
    ref: EntityRef! @external
    "Its incidents, the latest first."
    incidents(open: Boolean): [Incident!] @requires(fields: "ref")
  }
`;

const latestFirst = (one, other) => other.openedAt.localeCompare(one.openedAt);

/** Those that are open, or over; all without being asked for either. */
function those(list, open) {
  return list.filter(({ resolvedAt }) => open === undefined || open === null || open === !resolvedAt).sort(latestFirst);
}

export const resolvers = {
  Query: { incidents: (_, { open }) => those(incidents, open) },
  Mutation: {
    resolveIncident: (_, { id }, { viewer }) => {
      if (!viewer)
        throw new GraphQLError("sign in to say that an incident is over", { extensions: { code: "UNAUTHENTICATED" } });
      const incident = incidents.find((one) => one.id === id);
      if (!incident) throw new GraphQLError("there is no such incident", { extensions: { code: "NOT_FOUND" } });
      incident.resolvedAt ??= new Date().toISOString();
      incident.resolvedBy ??= viewer;
      keep();
      return incident;
    },
  },
  Incident: { __resolveReference: ({ id }) => incidents.find((one) => one.id === id) },
  Entity: {
    __resolveReference: (entity) => entity,
    incidents: ({ ref }, { open }) =>
      those(
        incidents.filter(({ about }) => about === ref),
        open,
      ),
  },
};
