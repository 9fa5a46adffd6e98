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
  navigation?: NavigationEntry[];
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
