import { parse, print } from "graphql";

/** What a link to this page carries. */
export interface LinkedQuery {
  query?: string;
  variables?: string;
}

/** Reads `?query=…&variables=…`; what pages send on one line is set out as people write it. */
export function readLink(search: string): LinkedQuery {
  const link = new URLSearchParams(search);
  const query = link.get("query");
  const variables = link.get("variables");
  return { ...(query && { query: readable(query) }), ...(variables && { variables: indented(variables) }) };
}

function readable(query: string): string {
  // Whoever broke the lines did so on purpose.
  if (query.trim().includes("\n") || query.length < 80) return query;
  try {
    return `${print(parse(query))}\n`;
  } catch {
    return query;
  }
}

function indented(variables: string): string {
  try {
    return JSON.stringify(JSON.parse(variables), null, 2);
  } catch {
    return variables;
  }
}
