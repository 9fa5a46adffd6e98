/** Kinds that something can depend on; people and teams are related in other ways. */
const depended = new Set(["component", "api", "resource", "system", "domain"]);

/** Whether something may depend on entities of a kind. */
export function hasDependents(kind: string): boolean {
  return depended.has(kind.toLowerCase());
}
