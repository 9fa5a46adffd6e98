import { parseEntityRef } from "#lib/entityRef.ts";
import { formatUrlSearch, parseUrlSearch } from "#lib/urlSearch.ts";

/** A place in the portal. */
export interface Target {
  to: string;
  search?: Record<string, unknown>;
}

/** Every place there is; links are built by nothing else. */
export const paths = {
  home: (): Target => ({ to: "/" }),
  catalog: (search: object = {}): Target => ({ to: "/catalog", search: { ...search } }),
  apis: (search: object = {}): Target => ({ to: "/apis", search: { ...search } }),
  catalogProblems: (search: object = {}): Target => ({ to: "/catalog/problems", search: { ...search } }),
  registerLocation: (search: object = {}): Target => ({ to: "/catalog/register", search: { ...search } }),
  locations: (search: object = {}): Target => ({ to: "/catalog/locations", search: { ...search } }),
  catalogProviders: (): Target => ({ to: "/catalog/providers" }),
  graph: (search: object = {}): Target => ({ to: "/catalog-graph", search: { ...search } }),
  entity: (reference: string, tab?: string, search: object = {}): Target => {
    const { kind, namespace, name } = parseEntityRef(reference) ?? { kind: "-", namespace: "-", name: reference };
    const segments = [namespace, kind, name, ...(tab ? [tab] : [])].map(encodeURIComponent);
    return { to: `/catalog/${segments.join("/")}`, search: { ...search } };
  },
  search: (search: object = {}): Target => ({ to: "/search", search: { ...search } }),
  signIn: (returnTo?: string): Target => ({ to: "/sign-in", search: { ...(returnTo && { returnTo }) } }),
  account: (tab?: string): Target => ({ to: tab ? `/account/${tab}` : "/account" }),
  settings: (panel?: string): Target => ({ to: panel ? `/settings/${encodeURIComponent(panel)}` : "/settings" }),
  admin: (): Target => ({ to: "/admin" }),
  roles: (search: object = {}): Target => ({ to: "/admin/roles", search: { ...search } }),
  role: (name: string, search: object = {}): Target => ({
    to: `/admin/roles/${encodeURIComponent(name)}`,
    search: { ...search },
  }),
  roleFiles: (): Target => ({ to: "/admin/role-files" }),
  explain: (search: object = {}): Target => ({ to: "/admin/explain", search: { ...search } }),
  audit: (search: object = {}): Target => ({ to: "/admin/audit", search: { ...search } }),
  sessions: (search: object = {}): Target => ({ to: "/admin/sessions", search: { ...search } }),
  tokens: (search: object = {}): Target => ({ to: "/admin/tokens", search: { ...search } }),
  searchStatus: (): Target => ({ to: "/admin/search" }),
  modules: (): Target => ({ to: "/admin/modules" }),
  modulePage: (module: string, path = "/"): Target => targetOf(`/x/${module}${path === "/" ? "" : path}`),
  graphiql: (query?: string, variables?: unknown): Target => ({
    to: "/graphiql",
    search: { query, variables: variables === undefined ? undefined : JSON.stringify(variables) },
  }),
};

/** The address of a place, as it stands in the address bar. */
export function addressOf({ to, search = {} }: Target): string {
  return to + formatUrlSearch(search);
}

/** The place of an address that begins with `/`, as others than us write it. */
export function targetOf(address: string): Target {
  const [to = "/", search] = address.split(/\?(.*)/s);
  return search ? { to, search: parseUrlSearch(`?${search}`) } : { to };
}
