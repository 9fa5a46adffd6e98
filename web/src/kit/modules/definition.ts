import type { ComponentType, ReactNode } from "react";
import type { IconName } from "./icons.ts";

// What a module hands to the portal. The published types in `web/sdk/index.d.ts` say the same to authors; the two are
// compared by the compiler.

/** A text, or what gives it in the reader's language. */
export type Text = string | (() => string);

/** The name of an icon that the portal has, or a component that draws one. */
export type ModuleIcon = IconName | ComponentType<{ size?: number | string }>;

/** What a module knows of an entity. */
export interface ModuleEntity {
  ref: string;
  kind: string;
  namespace: string;
  name: string;
  displayName: string;
  type: string | null;
  lifecycle: string | null;
  tags: readonly string[];
  annotations: Readonly<Record<string, string>>;
}

interface PagePart {
  path: string;
  title?: Text;
  text?: Text;
  component: ComponentType<{ params: Readonly<Record<string, string>> }>;
}

interface NavigationPart {
  title: Text;
  icon: ModuleIcon;
  path?: string;
  group?: "explore" | "tools" | "manage";
  order?: number;
  permissions?: readonly string[];
}

export interface EntityPart {
  id: string;
  title: Text;
  appliesTo?: (entity: ModuleEntity) => boolean;
  component: ComponentType<{ entity: ModuleEntity }>;
}

interface EntityCardPart extends EntityPart {
  isFlush?: boolean;
  link?: string;
}

interface WidgetPart {
  id: string;
  title: Text;
  text: Text;
  icon: ModuleIcon;
  width?: 1 | 2;
  isInitial?: boolean;
  isFlush?: boolean;
  permissions?: readonly string[];
  link?: string;
  component: ComponentType;
}

interface CommandPart {
  id: string;
  title: Text;
  icon: ModuleIcon;
  words?: Text;
  permissions?: readonly string[];
  isOffered?: () => boolean;
  run: (context: { navigate: (address: string) => void; refresh: () => Promise<void> }) => void | Promise<void>;
}

export interface SearchHitPart {
  id: string;
  title: string;
  detail?: string;
  icon?: ModuleIcon;
  address: string;
}

export interface SearchPart {
  id: string;
  title: Text;
  permissions?: readonly string[];
  find: (words: string, context: { signal: AbortSignal }) => Promise<readonly SearchHitPart[]>;
}

interface SearchResultViewPart {
  id: string;
  appliesTo: (result: { source: string; id: string; title: string }) => boolean;
  component: ComponentType<{ result: { source: string; id: string; title: string } }>;
}

interface SettingsPanelPart {
  id: string;
  title: Text;
  icon: ModuleIcon;
  component: ComponentType;
}

/** All that a module may add. */
export interface ModuleParts {
  pages?: readonly PagePart[];
  navigation?: readonly NavigationPart[];
  entityTabs?: readonly EntityPart[];
  entityCards?: readonly EntityCardPart[];
  homeWidgets?: readonly WidgetPart[];
  commands?: readonly CommandPart[];
  search?: readonly SearchPart[];
  searchResultViews?: readonly SearchResultViewPart[];
  settingsPanels?: readonly SettingsPanelPart[];
}

/** What a module exports. */
export interface ModuleDefinition<Settings = unknown> {
  /** The version of the SDK that it is written for. */
  sdk: string;
  title?: Text;
  /** Its own version, for whoever looks after the portal. */
  version?: string;
  /** Reads what the config says to it; what it throws is told to whoever looks after the portal. */
  readSettings?: (settings: unknown) => Settings;
  /** Around everything that it draws, as for a context of its own. */
  wrapper?: ComponentType<{ children: ReactNode }>;
  parts: ModuleParts | ((context: { settings: Settings }) => ModuleParts);
}
