import { CircleUserRound, type LucideIcon } from "lucide-react";
import { useSettingsPanels } from "#kit/feature.ts";
import { addressOf, paths, type Target } from "#kit/paths.ts";
import { useGranted } from "#kit/permissions.ts";
import { useViewer } from "#kit/viewer.ts";
import { defineMessages } from "#lib/i18n/messages.ts";
import { adminSections } from "../features.ts";
import { useEntries } from "../navigation.ts";
import type { PaletteItem } from "./items.ts";

const t = defineMessages("places", { account: "Account", settings: "Settings: {panel}", admin: "Admin" });

/** The pages of the portal that are for the viewer. */
export function usePlaces(): PaletteItem[] {
  const granted = useGranted();
  const viewer = useViewer();
  const panels = useSettingsPanels();
  const entries = useEntries().map((entry) => ({
    ...item(entry.title(), entry.icon, entry.target),
    isExternal: entry.isExternal,
    keys: entry.shortcut && `g ${entry.shortcut}`,
  }));
  const sections = adminSections
    .filter(({ permission }) => !permission || granted?.has(permission))
    .map(({ title, icon, target }) => ({ ...item(title(), icon, target), detail: t("admin") }));
  return [
    ...entries,
    ...sections,
    ...panels.map(({ id, title, icon }) => item(t("settings", { panel: title() }), icon, paths.settings(id))),
    ...(viewer ? [item(t("account"), CircleUserRound, paths.account())] : []),
  ];
}

function item(title: string, Icon: LucideIcon, target: Target): PaletteItem {
  return { id: addressOf(target), title, icon: <Icon size={14} aria-hidden />, act: { target } };
}
