import type { HomeActivitySubscription } from "./HomeWidgets.generated.ts";

type Change = HomeActivitySubscription["entityChanged"];

/** Something that happened to an entity while the portal was open. */
export interface Activity {
  kind: Exclude<Change["kind"], "RESET">;
  ref: string;
  entity: Change["entity"];
  at: string;
}

const most = 30;

/** The log with a change at its start; of an entity that keeps changing, the last change and what began it. */
export function noted(log: readonly Activity[], { kind, ref, entity }: Change, at: Date): readonly Activity[] {
  // So much at once that nobody can tell what: what is there holds.
  if (kind === "RESET" || ref === null) return log;
  const isRepeated = (one: Activity) => one.ref === ref && one.kind === kind;
  return [{ kind, ref, entity, at: at.toISOString() }, ...log.filter((one) => !isRepeated(one))].slice(0, most);
}
