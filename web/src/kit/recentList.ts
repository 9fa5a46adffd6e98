import type { Recent } from "./recents.ts";

const most = 20;

/** The list with this one at its start. */
export function added(list: readonly Recent[], visited: Recent): readonly Recent[] {
  const [first] = list;
  const isSame = first?.ref === visited.ref && first.displayName === visited.displayName;
  return isSame ? list : [visited, ...list.filter(({ ref }) => ref !== visited.ref)].slice(0, most);
}

/** Reads what was kept; whatever else stands there is no list. */
export function readRecents(stored: unknown): readonly Recent[] {
  return Array.isArray(stored) ? stored.filter(isRecent).slice(0, most) : [];
}

function isRecent(value: unknown): value is Recent {
  if (typeof value !== "object" || value === null) return false;
  const { ref, kind, displayName } = value as Record<string, unknown>;
  return [ref, kind, displayName].every((one) => typeof one === "string" && one !== "");
}
