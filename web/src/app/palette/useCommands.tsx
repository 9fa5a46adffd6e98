import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { use } from "react";
import { type Command, FeaturesContext, type OfPlugin, partsOf } from "#kit/feature.ts";
import type { Target } from "#kit/paths.ts";
import { isGranted, useGranted } from "#kit/permissions.ts";
import { useViewer } from "#kit/viewer.ts";
import { frameCommands } from "../commands.ts";
import type { PaletteItem } from "./items.ts";
import type { PaletteAct } from "./runCommand.ts";

/** What the frame and the features let the viewer do here. */
export function useCommands(): PaletteItem[] {
  const granted = useGranted();
  const viewer = useViewer() ?? null;
  const queries = useQueryClient();
  const go = useNavigate();
  const navigate = (target: Target) => void go({ ...target, search: target.search ?? {} });
  const commands = [
    ...partsOf(use(FeaturesContext), "commands"),
    ...frameCommands(viewer).map((command) => ({ ...command, plugin: "portal" })),
  ];
  return commands
    .filter(({ permissions }) => isGranted(permissions, granted))
    .flatMap((command) => itemOf(command, () => command.run({ navigate, queries })));
}

/** A command whose plugin cannot say what it is called is not offered. */
function itemOf(command: OfPlugin<Command>, run: PaletteAct): PaletteItem[] {
  const { id, plugin, title, words, icon: Icon, isOffered, shortcut } = command;
  try {
    if (isOffered?.() === false) return [];
    const icon = <Icon size={14} aria-hidden />;
    return [{ id: `${plugin}.${id}`, title: title(), words: words?.(), icon, keys: shortcut, act: { run } }];
  } catch (error) {
    reportError(error);
    return [];
  }
}
