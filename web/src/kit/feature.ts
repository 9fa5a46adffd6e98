import type { QueryClient } from "@tanstack/react-query";
import type { AnyRoute } from "@tanstack/react-router";
import type { LucideIcon } from "lucide-react";
import { type ComponentType, createContext, use } from "react";
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
}

/** A line of the main navigation. */
export interface NavigationEntry {
  title: () => string;
  icon: LucideIcon;
  target: Target;
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

/** What is known of an entity when it is decided which tabs and cards it has. */
export interface EntityFacts {
  ref: string;
  kind: string;
  type: string | null;
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
  appliesTo?: (entity: EntityFacts) => boolean;
  component: ComponentType<{ entity: EntityFacts }>;
}

/** The features this portal is built with. */
export const FeaturesContext = createContext<readonly Feature[]>([]);

/** The tabs of an entity, in the order of their features. */
export function useEntityTabs(entity: EntityFacts): EntityTab[] {
  return use(FeaturesContext)
    .flatMap(({ entityTabs = [] }) => entityTabs)
    .filter(({ appliesTo }) => appliesTo?.(entity) ?? true);
}

/** The cards that features add to an entity's overview. */
export function useEntityCards(entity: EntityFacts): EntityCard[] {
  return use(FeaturesContext)
    .flatMap(({ entityCards = [] }) => entityCards)
    .filter(({ appliesTo }) => appliesTo?.(entity) ?? true);
}
