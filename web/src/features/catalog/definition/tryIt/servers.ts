import { at, entriesAt, type Json, listAt, textAt, textsAt } from "../json/access.ts";

/** Something in the address of a server that one chooses. */
interface Variable {
  name: string;
  fallback: string;
  values: string[];
  description?: string;
}

/** Where an API can be reached, as its definition says it. */
export interface Server {
  /** With `{variables}` in it; possibly without a host. */
  url: string;
  description?: string;
  variables: Variable[];
}

/** The servers of an operation, else those of the document, in either version. */
export function serversOf(document: Json, own: readonly unknown[]): Server[] {
  if (textAt(document, "swagger") !== undefined) return oldServers(document);
  const written = own.length > 0 ? own : listAt(document, "servers");
  return written.slice(0, 50).flatMap((server): Server[] => {
    const url = textAt(server, "url");
    if (url === undefined) return [];
    const description = textAt(server, "description");
    const variables = entriesAt(server, "variables").map(([name, variable]): Variable => {
      const about = textAt(variable, "description");
      return {
        name,
        fallback: textAt(variable, "default") ?? "",
        values: textsAt(variable, "enum"),
        ...(about && { description: about }),
      };
    });
    return [{ url, ...(description && { description }), variables }];
  });
}

function oldServers(document: Json): Server[] {
  const host = textAt(document, "host");
  const path = textAt(document, "basePath") ?? "";
  if (host === undefined) return path === "" ? [] : [{ url: path, variables: [] }];
  const schemes = textsAt(document, "schemes").filter((scheme) => scheme === "https" || scheme === "http");
  const all = schemes.length > 0 ? schemes : ["https"];
  return all.map((scheme) => ({ url: `${scheme}://${host}${path}`, variables: [] }));
}

/** The address of a server with its variables filled in. */
export function addressOfServer({ url, variables }: Server, chosen: Readonly<Record<string, string>>): string {
  return url.replace(/\{([^{}]+)\}/g, (whole, name: string) => {
    const variable = variables.find((one) => one.name === name);
    return at(chosen, name) !== undefined ? String(at(chosen, name)) : (variable?.fallback ?? whole);
  });
}

/** Whether an address is one that a request can be sent to. */
export function isWholeAddress(address: string): boolean {
  try {
    return /^https?:$/.test(new URL(address).protocol);
  } catch {
    return false;
  }
}
