import { useHomeWidgets } from "#kit/feature.ts";
import { useModules } from "#kit/modules/moduleStates.ts";
import { isGranted, useGranted } from "#kit/permissions.ts";
import type { Setting } from "#kit/settings/settingStore.ts";
import { useSetting } from "#kit/settings/useSetting.ts";
import { useIsStranger } from "#kit/viewer.ts";
import { awaitedWidgets } from "./AwaitedWidget.tsx";
import { initialLayout, type Layout, readLayout } from "./layout.ts";

const setting: Setting<Layout | null> = { key: "home.layout", read: readLayout };

/** The reader's home page: what is on it, what could be, and what changes it. */
export function useLayout() {
  const granted = useGranted();
  const widgets = useHomeWidgets().filter(({ permissions }) => isGranted(permissions, granted));
  const modules = useModules();
  const { value, isKnown, keptIn, error, change } = useSetting(setting);
  const isStranger = useIsStranger();
  const initial = initialLayout(widgets, isStranger ?? false);
  const layout = value ?? initial;
  // A box of a module has its place before the module is there.
  const all = [...widgets, ...awaitedWidgets(layout, modules)];
  const shown = layout.flatMap(({ id, width }) => {
    const widget = all.find((one) => one.id === id);
    return widget ? [{ ...widget, width }] : [];
  });
  return {
    shown,
    others: widgets.filter(({ id }) => !layout.some((placed) => placed.id === id)),
    isKnown: isStranger !== undefined && (isKnown || Boolean(error)),
    isStranger,
    isChanged: value !== null,
    keptIn,
    error,
    change: (next: (layout: Layout) => Layout) => change((value) => next(value ?? initial)),
    /** Starts over; what it gives takes that back. */
    reset: () => {
      change(() => null);
      return () => change(() => value);
    },
    restore: (before: Layout) => change(() => before),
    layout,
  };
}

/** A box that is shown. */
export type Shown = ReturnType<typeof useLayout>["shown"][number];
