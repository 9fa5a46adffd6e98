import type { ComponentProps, ComponentType, JSX, ReactNode } from "react";

/** The version of the SDK that the portal has. */
export declare const sdkVersion: string;

// What a module is

/** A text, or what gives it in the reader's language. */
export type Text = string | (() => string);

/** The icons that the portal has by name. */
export type IconName =
  | "activity"
  | "alert"
  | "bell"
  | "blocks"
  | "book"
  | "branch"
  | "bug"
  | "calendar"
  | "chart"
  | "check"
  | "clock"
  | "cloud"
  | "database"
  | "external"
  | "flag"
  | "gauge"
  | "globe"
  | "heart"
  | "key"
  | "list"
  | "lock"
  | "mail"
  | "message"
  | "package"
  | "phone"
  | "plus"
  | "refresh"
  | "rocket"
  | "search"
  | "server"
  | "settings"
  | "shield"
  | "siren"
  | "sparkles"
  | "star"
  | "terminal"
  | "users"
  | "wrench"
  | "zap";

/** The name of an icon, or a component that draws one, as `svgIcon` makes it. */
export type ModuleIcon = IconName | ComponentType<{ size?: number | string }>;

/** What a module knows of an entity. */
export interface ModuleEntity {
  /** `component:default/cart`. */
  ref: string;
  /** As its descriptor writes it: `Component`. */
  kind: string;
  namespace: string;
  name: string;
  /** What people call it. */
  displayName: string;
  type: string | null;
  lifecycle: string | null;
  tags: readonly string[];
  annotations: Readonly<Record<string, string>>;
}

/** A page below `/x/<module>`. */
export interface PagePart {
  /** `/`, or segments of which some may be named: `/teams/:team`. */
  path: string;
  /** Drawn above the component, and in the window's title; without it the component draws a `PageHead`. */
  title?: Text;
  /** What the page is for, under its title. */
  text?: Text;
  component: ComponentType<{ params: Readonly<Record<string, string>> }>;
}

/** A line of the main navigation. */
export interface NavigationPart {
  title: Text;
  icon: ModuleIcon;
  /** Of a page of the module; `/` unless told. */
  path?: string;
  /** Among the tools unless told. */
  group?: "explore" | "tools" | "manage";
  /** Its place in the group, the lower the higher up; 50 unless told. */
  order?: number;
  /** Only for those who have one of these. */
  permissions?: readonly string[];
}

/** A tab of the page of entities. */
export interface EntityPart {
  /** Unique in the module among its tabs, or its cards. */
  id: string;
  title: Text;
  /** Which entities have it; all of them unless told. */
  appliesTo?: (entity: ModuleEntity) => boolean;
  component: ComponentType<{ entity: ModuleEntity }>;
}

/** A card on the overview of entities. */
export interface EntityCardPart extends EntityPart {
  /** The content reaches the edges, as tables do. */
  isFlush?: boolean;
  /** Where there is more of it. */
  link?: string;
}

/** A box for the home page, which everybody arranges for themselves. */
export interface WidgetPart {
  id: string;
  title: Text;
  /** What it is for, for those who choose. */
  text: Text;
  icon: ModuleIcon;
  /** How many of the two columns it takes; one unless told. */
  width?: 1 | 2;
  /** It is on the home page of those who have not arranged theirs. */
  isInitial?: boolean;
  /** The content reaches the edges, as tables do. */
  isFlush?: boolean;
  permissions?: readonly string[];
  /** Where there is more of it. */
  link?: string;
  component: ComponentType;
}

/** Something that can be done from the palette. */
export interface CommandPart {
  id: string;
  title: Text;
  icon: ModuleIcon;
  /** Further words that it is found by. */
  words?: Text;
  permissions?: readonly string[];
  /** Asked when the palette opens. */
  isOffered?: () => boolean;
  run: (context: CommandContext) => void | Promise<void>;
}

/** What a command may use. */
export interface CommandContext {
  navigate: (address: string) => void;
  /** Fetches anew all that the page shows. */
  refresh: () => Promise<void>;
}

/** One thing that a search found. */
export interface SearchHitPart {
  id: string;
  title: string;
  detail?: string;
  icon?: ModuleIcon;
  /** In the portal: a page of the module, or any other place. */
  address: string;
}

/** Finds things for the palette, under a heading of its own. */
export interface SearchPart {
  id: string;
  title: Text;
  permissions?: readonly string[];
  /** The best first; the signal tells that nobody waits any more. */
  find: (words: string, context: { signal: AbortSignal }) => Promise<readonly SearchHitPart[]>;
}

/** A line of the palette. */
export interface SearchResult {
  /** Whose it is: `recent`, `pages`, `commands`, or a plugin and its search, as `catalog.entities`. */
  source: string;
  /** Unique in the palette: of an entity its reference. */
  id: string;
  title: string;
}

/** Says more about a line of the palette, at its end. */
export interface SearchResultViewPart {
  id: string;
  appliesTo: (result: SearchResult) => boolean;
  /** Words and pictures; nothing in it can be pressed. */
  component: ComponentType<{ result: SearchResult }>;
}

/** A page of the settings. */
export interface SettingsPanelPart {
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

/** What a module is. */
export interface ModuleDefinition<Settings = unknown> {
  /** The version of the SDK that it is written for, as `"1.0"`. */
  sdk: string;
  /** What people call it; its id in the config unless told. */
  title?: Text;
  /** Its own version, for whoever looks after the portal. */
  version?: string;
  /** Reads what the config says to it. What it throws is told to whoever looks after the portal. */
  readSettings?: (settings: unknown) => Settings;
  /** Around everything that it draws, as for a context of its own. */
  wrapper?: ComponentType<{ children: ReactNode }>;
  parts: ModuleParts | ((context: { settings: Settings }) => ModuleParts);
}

/** What a module exports as its default. */
export declare function defineModule<Settings = unknown>(
  definition: ModuleDefinition<Settings>,
): ModuleDefinition<Settings>;

// Where it runs

/** The module whose component asks. */
export interface Module<Settings> {
  id: string;
  /** What its `readSettings` made of what the config says. */
  settings: Settings;
  /** The address of a page of it. */
  page: (path?: string) => string;
  /** The address of a file beside its entry, as `style.css`. */
  file: (path: string) => string;
}

/** What the config says to the module whose component asks, and its addresses. */
export declare function useModule<Settings = unknown>(): Module<Settings>;

/** The entity of the tab or card that asks. */
export declare function useEntity(): ModuleEntity;

/** Leads to an address in the portal. */
export declare function useNavigate(): (address: string) => void;

/** The addresses of the portal's own places. */
export declare const places: {
  home: () => string;
  catalog: (search?: Readonly<Record<string, unknown>>) => string;
  entity: (reference: string, tab?: string) => string;
  graph: (...references: string[]) => string;
  settings: (panel?: string) => string;
  signIn: () => string;
};

// Who reads it

/** Who reads the page. */
export interface Viewer {
  ref: string;
  displayName: string;
  isGuest: boolean;
}

/** Who reads the page; null for nobody, undefined until it is known. */
export declare function useViewer(): Viewer | null | undefined;

/**
 * Whether the reader has a permission, on an entity or on anything at all; undefined until it is known. It says what to
 * offer: the server decides again when it is done.
 */
export declare function usePermission(permission: string, reference?: string): boolean | undefined;

/** What the reader sets for themselves, kept with their account; in the browser for guests. Null until it is set. */
export declare function useSetting<Value>(key: string): {
  value: Value | null;
  isKnown: boolean;
  set: (value: Value | null) => void;
};

/** The language that the portal speaks, as `de`. */
export declare function useLanguage(): string;

/** How the reader writes numbers and dates, as `de-AT`: for `Intl`. */
export declare function useLocale(): string;

// Data

/** Something the server, or the way to it, refused. */
export declare class Failure extends Error {
  constructor(
    code: string,
    message: string,
    requestId?: string | null,
    path?: readonly (string | number)[],
    field?: string | null,
    permission?: string | null,
  );
  /** `FORBIDDEN`, `NOT_FOUND`, `UNAVAILABLE`, ..; `UNREACHABLE` where there was no answer at all. */
  readonly code: string;
  /** What to quote in a report. */
  readonly requestId: string | null;
  /** Where in the answer. */
  readonly path: readonly (string | number)[];
  /** The input that is wrong, dotted. */
  readonly field: string | null;
  /** The permission that whoever was refused lacks. */
  readonly permission: string | null;
  /** The same may well succeed a moment later. */
  get isPassing(): boolean;
}

/** What to tell a person about a thrown value. */
export declare function reasonOf(error: unknown): string;

/** The text of an operation that knows its types: what a generator makes, or a text that is called so. */
export interface TypedDocument<Result, Variables> {
  toString(): string;
  __apiType?: ((variables: Variables) => Result) | undefined;
}

/** An operation, with types or as a mere text. */
export type Document<Result, Variables> = string | TypedDocument<Result, Variables>;

/** What was asked, as far as it is known. */
export interface QueryResult<Result> {
  data: Result | undefined;
  error: Error | null;
  /** Parts of the answer that are missing from it, each with why. */
  failures: readonly Failure[];
  /** Nothing is known yet. */
  isLoading: boolean;
  /** It is being asked anew. */
  isRefreshing: boolean;
  refetch: () => Promise<void>;
}

/** Asks the portal's graph, and keeps the answer fresh. `refreshEvery` is in milliseconds. */
export declare function useQuery<Result = unknown, Variables extends object = Record<string, unknown>>(
  document: Document<Result, Variables>,
  variables?: Variables,
  options?: { isEnabled?: boolean; refreshEvery?: number },
): QueryResult<Result>;

/** What changes something, and how that went. */
export interface Mutation<Result, Variables> {
  /** Sends it, and throws what was refused; afterwards all that the page shows is fetched anew. */
  run: (variables: Variables) => Promise<Result>;
  isRunning: boolean;
  error: Error | null;
}

/** Changes something through the portal's graph. */
export declare function useMutation<Result = unknown, Variables extends object = Record<string, unknown>>(
  document: Document<Result, Variables>,
): Mutation<Result, Variables>;

/** Listens to the portal's graph for as long as the component is shown; without variables, to nothing. */
export declare function useSubscription<Result = unknown, Variables extends object = Record<string, unknown>>(
  document: Document<Result, Variables>,
  variables: Variables | null,
  onNext: (result: Result) => void,
): void;

/**
 * Asks another service through `proxy.endpoints.<endpoint>` of the config; the server adds the credentials, which no
 * browser sees. Throws a `Failure` where the answer is none of success.
 */
export declare function proxyFetch(endpoint: string, path: string, init?: RequestInit): Promise<Response>;

/** What another service answers as JSON, through the proxy; without a path, nothing is asked. */
export declare function useProxy<Result = unknown>(
  endpoint: string,
  path: string | null,
  options?: { read?: (answer: unknown) => Result; refreshEvery?: number },
): QueryResult<Result>;

// Text

/** A sentence with `{names}`, or one for each plural form, which `count` chooses. */
export type Message = string | { one: string; other: string };

type Names<M extends string> = M extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type ParameterNames<M extends Message> = M extends string
  ? Names<M>
  : M extends { other: infer Other extends string }
    ? Names<Other> | "count"
    : never;

/** Gives the text of a key in the reader's language. */
export type Translate<Catalogue extends Record<string, Message>> = <Key extends keyof Catalogue & string>(
  key: Key,
  ...parameters: [ParameterNames<Catalogue[Key]>] extends [never]
    ? []
    : [parameters: Record<ParameterNames<Catalogue[Key]>, string | number>]
) => string;

/** The module's texts in all of its languages; what a language lacks is read in English. */
export declare function defineTexts<const Catalogue extends Record<string, Message>>(texts: {
  en: Catalogue;
  [language: string]: Record<string, string | { one?: string; other: string }>;
}): Translate<Catalogue>;

/** A number as the reader writes it. */
export declare function formatNumber(value: number): string;

/** Says in a corner of the page that something was done, or failed. */
export declare function toast(text: string, tone?: "ok" | "danger", options?: { undo?: () => void }): void;

// What it is drawn with

/** What a colour means; `neutral` means nothing. */
export type Tone = "neutral" | "ok" | "warning" | "danger" | "info";

/** The top of a page: what it is, and what can be done. */
export declare function PageHead(props: {
  title: string;
  badge?: ReactNode;
  text?: ReactNode;
  /** The pages above this one. */
  above?: readonly { title: string; to: string }[];
  actions?: ReactNode;
}): JSX.Element;

/** A titled box. Cards of entities and boxes of the home page have one around them already. */
export declare function Card(props: {
  title: string;
  count?: number;
  action?: ReactNode;
  isFlush?: boolean;
  children?: ReactNode;
}): JSX.Element;

/** Rows of things, with a header; `isWide` columns are gone where the table is narrow. */
export declare function Table(props: {
  label: string;
  columns: readonly { title: string; isSilent?: boolean; isWide?: boolean; isNumber?: boolean }[];
  isBusy?: boolean;
  children?: ReactNode;
}): JSX.Element;

/** A cell, under a column of the same width and kind. */
export declare function Cell(props: {
  isWide?: boolean | undefined;
  isNumber?: boolean | undefined;
  isQuiet?: boolean | undefined;
  children?: ReactNode;
}): JSX.Element;

/** The first cell of a row: what it is, and under it what else is worth a line; `narrow` where columns are gone. */
export declare function NameCell(props: { children?: ReactNode; detail?: ReactNode; narrow?: ReactNode }): JSX.Element;

/** The last cell of a row: what can be done with it. */
export declare function ActionsCell(props: { children?: ReactNode }): JSX.Element;

/** A short word about something. */
export declare function Badge(props: { tone?: Tone; title?: string; children?: ReactNode }): JSX.Element;

/** How much a button asks for attention, and how big it is. */
export interface ButtonLook {
  look?: "normal" | "primary" | "quiet" | "danger";
  size?: "normal" | "small";
  /** Nothing but an icon; it then needs an `aria-label`. */
  isIcon?: boolean;
}

/** A button that does something on this page. */
export declare function Button(props: ComponentProps<"button"> & ButtonLook): JSX.Element;

/** A link that looks like a button. */
export declare function ButtonLink(
  props: { to: string; children?: ReactNode } & Pick<ButtonLook, "look" | "size">,
): JSX.Element;

/** A link to an address in the portal, or to a page of others, which opens in a tab of its own. */
export declare function Link(props: Omit<ComponentProps<"a">, "href"> & { to: string }): JSX.Element;

/** An entity by its reference: its icon and name, a link to it, and more about it for those who linger. */
export declare function EntityLink(props: { reference: string }): JSX.Element;

/** One of the portal's icons; silent, as what it stands beside says what it means. */
export declare function Icon(props: { name: IconName; size?: number }): JSX.Element;

/** An icon of one's own, of what the `d` of a path of 24 by 24 says. */
export declare function svgIcon(d: string): (props: { size?: number | string }) => JSX.Element;

/** A line above content that is there but not whole. */
export declare function Banner(props: {
  tone: "neutral" | "warning" | "danger";
  action?: ReactNode;
  children?: ReactNode;
}): JSX.Element;

/** In place of content that is not there: why, and the one thing to do. */
export declare function EmptyState(props: {
  icon?: IconName;
  title: string;
  text: ReactNode;
  actions?: ReactNode;
}): JSX.Element;

/** In place of content that failed to load: what happened, and how to try again. */
export declare function ErrorNotice(props: { what: string; error: unknown; onRetry: () => void }): JSX.Element;

/** What a query gives: its place while it is on its way, why it is not there, or itself, and what is missing from it. */
export declare function Fetched<Result>(props: {
  query: QueryResult<Result>;
  /** What it is, for a sentence about it. */
  what: string;
  children: (data: Result) => ReactNode;
}): JSX.Element;

/** A grey bar where text is about to be. */
export declare function Skeleton(props: { width: number | string; height?: number }): JSX.Element;

/** Holds the place of content on its way. */
export declare function Waiting(): JSX.Element;

/** A time by its distance, exact for those who point at it. */
export declare function Time(props: { at: string }): JSX.Element;

/** Somebody's Markdown. Nothing in it runs. */
export declare function Markdown(props: { text: string }): JSX.Element;

/** Text to be read as it is and copied. */
export declare function CodeBlock(props: { text: string; label: string; children?: ReactNode }): JSX.Element;

/** Copies a text; `what` says what it is. */
export declare function CopyButton(props: { text: string; what: string; isLabelled?: boolean }): JSX.Element;

/** What a control needs to belong to its label, its hint and its error. */
export interface ControlProps {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean | undefined;
  "aria-required": boolean | undefined;
}

/** A labelled control of a form, with what it is for and what is wrong with it. */
export declare function Field(props: {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  isRequired?: boolean;
  isOptional?: boolean;
  children: (control: ControlProps) => ReactNode;
}): JSX.Element;

/** A line of text. */
export declare function TextInput(props: ComponentProps<"input">): JSX.Element;

/** Several lines of text. */
export declare function TextArea(props: ComponentProps<"textarea"> & { isCode?: boolean }): JSX.Element;

/** One of a few. */
export declare function Select(props: ComponentProps<"select">): JSX.Element;

/** Yes or no. */
export declare function Checkbox(
  props: Omit<ComponentProps<"input">, "type"> & { label: ReactNode; hint?: string },
): JSX.Element;

/** One of two or three, all of them in sight. */
export declare function Choice<Value extends string>(props: {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string; hint?: string }[];
  onChange: (value: Value) => void;
  isLabelHidden?: boolean;
}): JSX.Element;

/** A box over the page that keeps the keyboard until it is closed. */
export declare function Dialog(props: {
  title: string;
  size?: "normal" | "wide";
  onClose: () => void;
  onLeave?: () => boolean;
  onSubmit?: () => void;
  footer?: ReactNode;
  children?: ReactNode;
}): JSX.Element;
