import { KindIcon } from "#kit/entity/KindIcon.tsx";
import { paths } from "#kit/paths.ts";
import { useRecents } from "#kit/recents.ts";
import type { PaletteItem } from "./items.ts";

/** The entities that the viewer visited, the last first. */
export function useRecentItems(): PaletteItem[] {
  return useRecents().map(({ ref, kind, displayName }) => ({
    // The same as where it is found, so that it does not stand there twice.
    id: ref,
    title: displayName,
    detail: ref,
    icon: <KindIcon kind={kind} />,
    act: { target: paths.entity(ref) },
  }));
}
