import { ShieldCheck } from "lucide-react";
import { useMemo } from "react";
import { auditFeature } from "#features/audit/feature.tsx";
import { authFeature } from "#features/auth/feature.tsx";
import { catalogFeature } from "#features/catalog/feature.tsx";
import { galleryFeature } from "#features/gallery/feature.tsx";
import { graphiqlFeature } from "#features/graphiql/feature.tsx";
import { homeFeature } from "#features/home/feature.tsx";
import { modulesFeature } from "#features/modules/feature.tsx";
import { permissionsFeature } from "#features/permissions/feature.tsx";
import { searchFeature } from "#features/search/feature.tsx";
import { settingsFeature } from "#features/settings/feature.tsx";
import type { AdminSection, Feature, NavigationEntry } from "#kit/feature.ts";
import { type StatedModule, useModules } from "#kit/modules/moduleStates.ts";
import { rememberedPlaces } from "#kit/modules/rememberedPlaces.ts";
import { paths } from "#kit/paths.ts";
import { defineMessages } from "#lib/i18n/messages.ts";

const t = defineMessages("features", { admin: "Admin" });

/** What this portal is made of, in the order of its navigation. Adding a feature is a folder and a line here. */
export const features: readonly Feature[] = [
  homeFeature,
  catalogFeature,
  graphiqlFeature,
  permissionsFeature,
  authFeature,
  auditFeature,
  searchFeature,
  modulesFeature,
  settingsFeature,
  ...(import.meta.env.DEV ? [galleryFeature] : []),
];

/** The parts of the admin area. */
export const adminSections: readonly AdminSection[] = features.flatMap(({ adminSections = [] }) => adminSections);

const admin: NavigationEntry = {
  title: () => t("admin"),
  icon: ShieldCheck,
  target: paths.admin(),
  group: "manage",
  shortcut: "a",
  permissions: adminSections.flatMap(({ permission }) => permission ?? []),
};

/** The same with those of the modules of third parties that are there by now, which come after the page is drawn. */
export function useAllFeatures(): readonly Feature[] {
  const modules = useModules();
  return useMemo(() => [...features, ...modules.map(featureOf)], [modules]);
}

/** What a module adds; of one that is on its way, the places that it had in the navigation before. */
function featureOf({ module: { id }, state }: StatedModule): Feature {
  switch (state.status) {
    case "ready":
      return state.feature;
    case "waiting":
      return { id, navigation: rememberedPlaces(id) };
    default:
      return { id };
  }
}

/** The main navigation: what features name, and the admin area for those who may do something there. */
export function navigationOf(all: readonly Feature[]): NavigationEntry[] {
  return [...all.flatMap(({ navigation = [] }) => navigation), ...(adminSections.length > 0 ? [admin] : [])];
}
