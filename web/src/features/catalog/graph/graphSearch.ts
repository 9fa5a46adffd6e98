import { formatEntityRef, parseEntityRef } from "#lib/entityRef.ts";
import { firstValueOf, valuesOf } from "#lib/urlSearch.ts";
import { drawnType } from "../entity/relationTypes.ts";

/** How far one can look. */
export const mostSteps = 20;

/** As far as one looks when the address does not say. */
export const defaultSteps = 1;

const mostRoots = 100;
const mostNames = 50;

const followed = ["outgoing", "incoming", "dependents"] as const;
const views = ["canvas", "list"] as const;

/** How a graph is shown: drawn, or as tables. */
export type GraphView = (typeof views)[number];

/** All there is to know about a view of the graph; it stands in the address. */
export interface GraphSearch {
  /** Where it begins. */
  root?: string[];
  /** How many steps from there; one unless told. */
  depth?: number;
  /** Only these kinds. */
  kind?: string[];
  /** Only relations of these types, each under the name it is drawn under. */
  relation?: string[];
  /** Which way relations are followed, or only to what depends on the one root; both ways unless told. */
  follow?: (typeof followed)[number];
  /** From the top down, where it is not from left to right. */
  direction?: "down";
  /** Both names of a relation drawn, where it is not one arrow. */
  pairs?: "split";
  /** Words to find in what is shown. */
  text?: string;
  /** What is selected. */
  node?: string;
  view?: GraphView;
  /** Looking for the way between two entities, of which none is known yet. */
  mode?: "path";
  from?: string;
  to?: string;
}

/** What may be told to change; undefined is for what is no longer wanted. */
export type GraphChange = { [Key in keyof GraphSearch]: GraphSearch[Key] | undefined };

/** Reads an address, whoever wrote it. */
export function readGraphSearch(raw: Record<string, unknown>): GraphSearch {
  const search: GraphSearch = {};
  const follow = followed.find((one) => one === firstValueOf(raw.follow));
  // What depends on something is told of one entity, along the relations that say so.
  const isWide = follow !== "dependents";
  const roots = valuesOf(valuesOf(raw.root).map(reference)).slice(0, isWide ? mostRoots : 1);
  if (roots.length > 0) search.root = roots;
  const depth = Math.trunc(Number(firstValueOf(raw.depth) ?? raw.depth));
  if (depth > defaultSteps) search.depth = Math.min(depth, mostSteps);
  const kinds = valuesOf(valuesOf(raw.kind).map((kind) => kind.toLowerCase())).slice(0, mostNames);
  if (isWide && kinds.length > 0) search.kind = kinds;
  const relations = valuesOf(valuesOf(raw.relation).map(drawnType)).slice(0, mostNames);
  if (isWide && relations.length > 0) search.relation = relations;
  if (follow) search.follow = follow;
  if (firstValueOf(raw.direction) === "down") search.direction = "down";
  if (firstValueOf(raw.pairs) === "split") search.pairs = "split";
  const text = firstValueOf(raw.text);
  if (text) search.text = text;
  const node = reference(firstValueOf(raw.node));
  if (node) search.node = node;
  const view = views.find((one) => one === firstValueOf(raw.view));
  if (view) search.view = view;
  const [from, to] = [raw.from, raw.to].map((end) => reference(firstValueOf(end)));
  if (from) search.from = from;
  if (to) search.to = to;
  if (!from && !to && firstValueOf(raw.mode) === "path") search.mode = "path";
  return search;
}

/** The same view with something changed. */
export function changed(search: GraphSearch, change: GraphChange): GraphSearch {
  return readGraphSearch({ ...search, ...change });
}

/** The same view with one name more among several, or one less. */
export function toggled(search: GraphSearch, part: "kind" | "relation", name: string): GraphSearch {
  const names = search[part] ?? [];
  const rest = names.filter((one) => one !== name);
  return changed(search, { [part]: rest.length < names.length ? rest : [...names, name] });
}

/** The same view from elsewhere, with nothing selected. */
export function rootedAt(search: GraphSearch, ref: string): GraphSearch {
  return changed(search, { root: [ref], node: undefined });
}

/** Whether only what depends on the root is shown. */
export function showsDependents({ follow }: GraphSearch): boolean {
  return follow === "dependents";
}

/** Whether a way is looked for. */
export function seeksPath({ mode, from, to }: GraphSearch): boolean {
  return mode === "path" || from !== undefined || to !== undefined;
}

/** The same view without looking for a way. */
export function withoutPath(search: GraphSearch): GraphSearch {
  return changed(search, { mode: undefined, from: undefined, to: undefined });
}

/** The same view with one more end of a way, as far as one is missing; null where none is. */
export function withEnd(search: GraphSearch, ref: string): GraphSearch | null {
  if (search.from === undefined) return changed(search, { from: ref });
  if (search.to === undefined && search.from !== ref) return changed(search, { to: ref });
  return null;
}

/** What has to fit into the window when it changes; the rest is about what is shown already. */
export function extentOf({ text, node, view, ...extent }: GraphSearch): string {
  return JSON.stringify(extent);
}

function reference(text: string | undefined): string | undefined {
  const parts = text === undefined ? null : parseEntityRef(text);
  return parts ? formatEntityRef(parts) : undefined;
}
