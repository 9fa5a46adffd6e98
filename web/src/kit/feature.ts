import type { QueryClient, QueryFunctionContext } from "@tanstack/react-query";
import type { AnyRoute } from "@tanstack/react-router";
import type { LucideIcon } from "lucide-react";
import { type ComponentType, createContext, type ReactNode, use } from "react";
import { isApplicable } from "./isApplicable.ts";
import type { Target } from "./paths.ts";

/** What one plugin adds to the front end. */
export interface Feature {
  /** The plugin's id. */
  id: string;
  routes?: (parent: AnyRoute, queries: QueryClient) => AnyRoute[];
  /** Pages without the frame around them, for those who are not signed in, too. */
  openRoutes?: (parent: AnyRoute) => AnyRoute[];
  /** Pages below `/admin`, within the frame of that area. */
  adminRoutes?: (parent: AnyRoute) => AnyRoute[];
  adminSections?: AdminSection[];
  navigation?: NavigationEntry[];
  /** Further permissions that its pages ask for, to show only what the viewer may do. */
  permissions?: readonly string[];
  entityTabs?: EntityTab[];
  entityCards?: EntityCard[];
  /** What it lets one do from the palette. */
  commands?: Command[];
  /** What it finds for the palette. */
  search?: SearchProvider[];
  searchResultViews?: SearchResultView[];
  settingsPanels?: SettingsPanel[];
  /** What it offers for the home page, which everybody arranges for themselves. */
  homeWidgets?: HomeWidget[];
}

/** The parts of the main navigation, in their order: what one reads, what one works with, what keeps it running. */
export const navigationGroups = ["explore", "tools", "manage"] as const;

/** A part of the main navigation. */
export type NavigationGroup = (typeof navigationGroups)[number];

/** A line of the main navigation. */
export interface NavigationEntry {
  title: () => string;
  icon: LucideIcon;
  target: Target;
  /** Where it stands; among the tools unless told. */
  group?: NavigationGroup;
  /** Its place in the group: the lower, the higher up. 50 unless told; equals keep the order of their features. */
  order?: number;
  /** A page of its own outside this application. */
  isExternal?: boolean;
  /** The key after `g` that leads there. */
  shortcut?: string;
  /** Only for those who have one of these. */
  permissions?: readonly string[];
}

/** A line of the navigation of the admin area. */
export interface AdminSection {
  title: () => string;
  icon: LucideIcon;
  target: Target;
  /** The permission without which there is nothing to see; absent where everyone may come. */
  permission?: string;
}

/** Something that can be done from the palette. */
export interface Command {
  /** Unique in its feature. */
  id: string;
  title: () => string;
  icon: LucideIcon;
  /** Further words that it is found by. */
  words?: () => string;
  /** Only for those who have one of these. */
  permissions?: readonly string[];
  /** Asked when the palette opens. */
  isOffered?: () => boolean;
  /** The keys that do it on any page: one (`?`), or two after one another (`g ,`). */
  shortcut?: string;
  run: (context: CommandContext) => void | Promise<void>;
}

/** What a command may use. */
interface CommandContext {
  navigate: (target: Target) => void;
  queries: QueryClient;
}

/** Finds things for the palette, under a heading of its own. */
export interface SearchProvider {
  /** Unique in its feature. */
  id: string;
  title: () => string;
  /** The character that asks for these alone; without one, they are found among everything. */
  prefix?: "@" | "#";
  /** Only for those who have one of these. */
  permissions?: readonly string[];
  /** Answers soon, or is cancelled by the signal; the words are none right after a prefix. */
  find: (words: string, context: SearchContext) => Promise<SearchHits>;
}

/** What a search hands on to whatever asks the server, to be cached and cancelled. */
export type SearchContext = Pick<QueryFunctionContext, "client" | "queryKey" | "signal">;

/** What was found, the best first, and where the rest of it is. */
export interface SearchHits {
  hits: SearchHit[];
  more?: { title: string; target: Target };
}

/** One thing that was found. */
export interface SearchHit {
  id: string;
  title: string;
  detail?: string;
  icon: ReactNode;
  target: Target;
}

/** What is known of a line of the palette when it is decided how it looks. */
export interface SearchResult {
  /** Whose it is: the plugin and the search that found it (`catalog.entities`), `recent`, `pages` or `commands`. */
  source: string;
  /** Unique in the palette: the reference of an entity. */
  id: string;
  title: string;
}

/** Says more about what was found, at the end of its line: one of those that apply to it, the first. */
export interface SearchResultView {
  /** Unique in its feature. */
  id: string;
  appliesTo: (result: SearchResult) => boolean;
  /** Words and pictures; what leads somewhere or does something has no place in a line that does so itself. */
  component: ComponentType<{ result: SearchResult }>;
}

/** A page of the settings, at the path segment that is its id. */
export interface SettingsPanel {
  id: string;
  title: () => string;
  icon: LucideIcon;
  component: ComponentType;
}

/** A box of the home page. */
export interface HomeWidget {
  /** Unique in the portal, and kept: `catalog.starred`. */
  id: string;
  title: () => string;
  /** What it is for, for those who choose. */
  text: () => string;
  icon: LucideIcon;
  /** How many columns it takes until somebody says otherwise; one unless told. */
  width?: 1 | 2;
  /** Its place on a home page that nobody has arranged yet, the lower the higher up; absent where it is not on it. */
  initial?: number;
  /** Says nothing to those who are not signed in: not on their page until they put it there. */
  isPersonal?: boolean;
  /** Only for those who have one of these. */
  permissions?: readonly string[];
  /** Where there is more of it. */
  target?: Target;
  /** Fills the box; its title is drawn around it. */
  component: ComponentType;
}

/** What is known of an entity when it is decided which tabs and cards it has. */
export interface EntityFacts {
  ref: string;
  kind: string;
  type: string | null;
  namespace: string;
  name: string;
  displayName: string;
  lifecycle: string | null;
  tags: readonly string[];
  annotations: readonly { key: string; value: string }[];
}

/** A tab of the entity page, at the path segment that is its id. */
export interface EntityTab {
  id: string;
  title: () => string;
  appliesTo?: (entity: EntityFacts) => boolean;
  component: ComponentType<{ entity: EntityFacts }>;
}

/** A card on an entity's overview. */
export interface EntityCard {
  id: string;
  /** What it is called where it breaks. */
  title?: () => string;
  appliesTo?: (entity: EntityFacts) => boolean;
  component: ComponentType<{ entity: EntityFacts }>;
}

/** The features of this portal: those it is built with, and those of the modules that are there by now. */
export const FeaturesContext = createContext<readonly Feature[]>([]);

/** Something that a plugin adds to a page, with the id of that plugin. */
export type OfPlugin<Part> = Part & { plugin: string };

/** The tabs of an entity, in the order of their features. */
export function useEntityTabs(entity: EntityFacts): OfPlugin<EntityTab>[] {
  return partsOf(use(FeaturesContext), "entityTabs").filter((tab) => isApplicable(tab, entity));
}

/** The cards that features add to an entity's overview. */
export function useEntityCards(entity: EntityFacts): OfPlugin<EntityCard>[] {
  return partsOf(use(FeaturesContext), "entityCards").filter((card) => isApplicable(card, entity));
}

type Parts =
  | "entityTabs"
  | "entityCards"
  | "commands"
  | "search"
  | "searchResultViews"
  | "settingsPanels"
  | "homeWidgets"
  | "navigation";

/** All that features add of one kind, in the order of the features. */
export function partsOf<Name extends Parts>(
  features: readonly Feature[],
  name: Name,
): OfPlugin<NonNullable<Feature[Name]>[number]>[] {
  return features.flatMap((feature) => {
    const parts: readonly NonNullable<Feature[Name]>[number][] = feature[name] ?? [];
    return parts.map((part) => ({ ...part, plugin: feature.id }));
  });
}

/** What says more about a line of the palette, if anything does. */
export function viewOf(features: readonly Feature[], result: SearchResult): OfPlugin<SearchResultView> | undefined {
  return partsOf(features, "searchResultViews").find((view) => isApplicable(view, result));
}

/** The pages of the settings, in the order of their features. */
export function useSettingsPanels(): OfPlugin<SettingsPanel>[] {
  return partsOf(use(FeaturesContext), "settingsPanels");
}

/** The boxes there are for the home page, in the order of their features. */
export function useHomeWidgets(): OfPlugin<HomeWidget>[] {
  return partsOf(use(FeaturesContext), "homeWidgets");
}
