import type { HomeActivitySubscription, HomeRecentQuery } from "./HomeWidgets.generated.ts";

type Change = HomeActivitySubscription["entityChanged"];

/** Something that happened to an entity while the portal was open. */
export interface Activity {
  kind: Exclude<Change["kind"], "RESET">;
  ref: string;
  entity: Change["entity"];
  at: string;
}

/** A line of the log: what happened is known of what the page was there for. */
export type Line = Omit<Activity, "kind"> & { kind: Activity["kind"] | null };

const most = 30;

/** The log with a change at its start; of an entity that keeps changing, the last change and what began it. */
export function noted(log: readonly Activity[], { kind, ref, entity }: Change, at: Date): readonly Activity[] {
  // So much at once that nobody can tell what: what is there holds.
  if (kind === "RESET" || ref === null) return log;
  const isRepeated = (one: Activity) => one.ref === ref && one.kind === kind;
  return [{ kind, ref, entity, at: at.toISOString() }, ...log.filter((one) => !isRepeated(one))].slice(0, most);
}

/** What happened before the page was there, and since: of each entity the last of it, the latest first. */
export function lines(log: readonly Activity[], recent: HomeRecentQuery["recentlyChanged"]): Line[] {
  const seen = new Set(log.map(({ ref }) => ref));
  const earlier = (recent ?? []).filter(({ entity }) => !seen.has(entity.ref));
  return [...log, ...earlier.map(({ entity, at }) => ({ kind: null, ref: entity.ref, entity, at }))].sort(
    (one, other) => other.at.localeCompare(one.at),
  );
}
