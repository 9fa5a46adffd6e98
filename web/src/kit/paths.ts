import { parseEntityRef } from "#lib/entityRef.ts";
import { formatUrlSearch } from "#lib/urlSearch.ts";

/** A place in the portal. */
export interface Target {
  to: string;
  search?: Record<string, unknown>;
}

/** Every place there is; links are built by nothing else. */
export const paths = {
  home: (): Target => ({ to: "/" }),
  catalog: (search: object = {}): Target => ({ to: "/catalog", search: { ...search } }),
  catalogProblems: (search: object = {}): Target => ({ to: "/catalog/problems", search: { ...search } }),
  entity: (reference: string, tab?: string, search: object = {}): Target => {
    const { kind, namespace, name } = parseEntityRef(reference) ?? { kind: "-", namespace: "-", name: reference };
    const segments = [namespace, kind, name, ...(tab ? [tab] : [])].map(encodeURIComponent);
    return { to: `/catalog/${segments.join("/")}`, search: { ...search } };
  },
  graphiql: (): Target => ({ to: "/graphiql" }),
};

/** The address of a place, as it stands in the address bar. */
export function addressOf({ to, search = {} }: Target): string {
  return to + formatUrlSearch(search);
}
