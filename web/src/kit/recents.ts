import { useEffect } from "react";
import type { EntityChipFragment } from "./entity/EntityChip.generated.ts";
import { added, readRecents } from "./recentList.ts";
import type { Setting } from "./settings/settingStore.ts";
import { useChange, useSetting } from "./settings/useSetting.ts";

/** Something that was visited not long ago. */
export type Recent = Pick<EntityChipFragment, "ref" | "kind" | "displayName">;

/** Looking around is not worth a request, or a line of the audit log, for every page. */
const pause = 20_000;

const recents: Setting<readonly Recent[]> = { key: "recent.entities", read: readRecents, pause };

/** The entities that the reader visited, the last first. */
export function useRecents(): readonly Recent[] {
  return useSetting(recents).value;
}

/** Remembers that the reader looks at an entity. */
export function useVisit({ ref, kind, displayName }: Recent) {
  const change = useChange(recents);
  useEffect(() => change((list) => added(list, { ref, kind, displayName })), [change, ref, kind, displayName]);
}

/** Forgets what the reader visited; what it gives takes that back. */
export function useForgetRecents(): () => () => void {
  const { value: before, change } = useSetting(recents);
  return () => {
    change(() => []);
    return () => change(() => before);
  };
}
