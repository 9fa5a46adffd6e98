import { Blocks } from "lucide-react";
import type { HomeWidget, OfPlugin } from "#kit/feature.ts";
import { AwaitedPart } from "#kit/modules/AwaitedPart.tsx";
import type { StatedModule } from "#kit/modules/moduleStates.ts";
import type { Layout } from "./layout.ts";

/** One for each box, so that it is not drawn anew at every turn. */
const made = new Map<string, OfPlugin<HomeWidget>>();

/** Boxes in place of those of modules that are on their way, or failed; one that is there says itself what it has. */
export function awaitedWidgets(layout: Layout, modules: readonly StatedModule[]): OfPlugin<HomeWidget>[] {
  const awaited = new Set(modules.flatMap(({ module, state }) => (state.status === "ready" ? [] : [module.id])));
  return layout.flatMap(({ id }) => {
    const module = id.split(".")[0] ?? "";
    return awaited.has(module) ? [awaitedWidget(id, module)] : [];
  });
}

function awaitedWidget(id: string, module: string): OfPlugin<HomeWidget> {
  const known = made.get(id);
  if (known) return known;
  const component = () => (
    <AwaitedPart id={id} isSmall>
      {null}
    </AwaitedPart>
  );
  const widget = { id, plugin: module, title: () => module, text: () => "", icon: Blocks, component };
  made.set(id, widget);
  return widget;
}
