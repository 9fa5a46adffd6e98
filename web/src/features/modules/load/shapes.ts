/** Says what is wrong with a value, as what must be there: `text`; null where nothing is. */
type Shape = (value: unknown) => string | null;

const text: Shape = (value) =>
  typeof value === "function" || (typeof value === "string" && value !== "")
    ? null
    : "a text, or a function that gives one";

// A component made by `memo`, `lazy` or `forwardRef` is an object.
const component: Shape = (value) =>
  typeof value === "function" || (typeof value === "object" && value !== null && "$$typeof" in value)
    ? null
    : "a component";

const action: Shape = (value) => (typeof value === "function" ? null : "a function");

const flag: Shape = (value) => (typeof value === "boolean" ? null : "true or false");

const number: Shape = (value) => (Number.isFinite(value) ? null : "a number");

const texts: Shape = (value) =>
  Array.isArray(value) && value.every((one) => typeof one === "string") ? null : "a list of texts";

const id: Shape = (value) =>
  typeof value === "string" && /^[a-z][a-z0-9-]{0,62}$/.test(value)
    ? null
    : "lower-case letters, digits and `-`, a letter first";

/** `/`, or segments of which some are named. */
const path: Shape = (value) =>
  typeof value === "string" &&
  /^\/(?:(?::[a-zA-Z]\w*|[\w.~-]+)(?:\/(?!$)|$))*$/.test(value) &&
  !/(?:^|\/)\.{1,2}(?:\/|$)/.test(value)
    ? null
    : "a path as `/` or `/teams/:team`";

/** A place of this portal, never of another site. */
export const address: Shape = (value) =>
  typeof value === "string" && /^\/(?![/\\])[^\s\\]*$/.test(value)
    ? null
    : "an address in the portal, as `/catalog?kind=api`";

const icon: Shape = (value) =>
  typeof value === "string" || component(value) === null ? null : "the name of an icon, or a component";

function oneOf(...values: readonly (string | number)[]): Shape {
  return (value) =>
    values.includes(value as string) ? null : `one of ${values.map((one) => `\`${one}\``).join(", ")}`;
}

/** What a part has: a key that ends in `?` may be absent. */
type Keys = Readonly<Record<string, Shape>>;

/** What every sort of part has. */
const partShapes: Readonly<Record<string, Keys>> = {
  pages: { path, "title?": text, "text?": text, component },
  navigation: {
    title: text,
    icon,
    "path?": path,
    "group?": oneOf("explore", "tools", "manage"),
    "order?": number,
    "permissions?": texts,
  },
  entityTabs: { id, title: text, "appliesTo?": action, component },
  entityCards: { id, title: text, "appliesTo?": action, component, "isFlush?": flag, "link?": address },
  homeWidgets: {
    id,
    title: text,
    text,
    icon,
    "width?": oneOf(1, 2),
    "isInitial?": flag,
    "isFlush?": flag,
    "permissions?": texts,
    "link?": address,
    component,
  },
  commands: { id, title: text, icon, "words?": text, "permissions?": texts, "isOffered?": action, run: action },
  search: { id, title: text, "permissions?": texts, find: action },
  searchResultViews: { id, appliesTo: action, component },
  settingsPanels: { id, title: text, icon, component },
};

/** What a module exports. */
export const definitionShape: Keys = {
  sdk: () => null,
  "title?": text,
  "version?": (value) => (typeof value === "string" ? null : "a text"),
  "readSettings?": action,
  "wrapper?": component,
  parts: (value) => (typeof value === "function" || isObject(value) ? null : "an object, or a function that gives one"),
};

/** What a search finds. */
export const hitShape: Keys = {
  id: (value) => (typeof value === "string" ? null : "a text"),
  title: (value) => (typeof value === "string" ? null : "a text"),
  "detail?": (value) => (typeof value === "string" ? null : "a text"),
  "icon?": icon,
  address,
};

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** All that is wrong with an object, each with where: "`pages[0].path` must be ..". */
export function faultsOf(value: unknown, keys: Keys, where = ""): string[] {
  if (!isObject(value)) return [`\`${where || "the default export"}\` must be an object`];
  const at = (key: string) => (where ? `${where}.${key}` : key);
  const known = Object.entries(keys).map(([key, shape]) => ({
    key: key.replace("?", ""),
    isOptional: key.endsWith("?"),
    shape,
  }));
  const unknown = Object.keys(value)
    .filter((key) => !known.some((one) => one.key === key))
    .map((key) => `\`${at(key)}\` is not known; there are ${known.map((one) => `\`${one.key}\``).join(", ")}`);
  const wrong = known.flatMap(({ key, isOptional, shape }) => {
    if (value[key] === undefined && isOptional) return [];
    const wanted = shape(value[key]);
    return wanted === null ? [] : [`\`${at(key)}\` must be ${wanted}`];
  });
  return [...unknown, ...wrong];
}

/** All that is wrong with what a module adds. */
export function faultsOfParts(parts: unknown): string[] {
  if (!isObject(parts)) return ["what `parts` gives must be an object"];
  return Object.entries(parts).flatMap(([sort, list]) => {
    const keys = partShapes[sort];
    if (!keys)
      return [`there is nothing called \`${sort}\` to add to; there are ${Object.keys(partShapes).join(", ")}`];
    if (list === undefined) return [];
    if (!Array.isArray(list)) return [`\`${sort}\` must be a list`];
    const name = "id" in keys ? "id" : sort === "pages" ? "path" : null;
    const names = list.map((one: unknown) => (name && isObject(one) ? one[name] : undefined));
    return list.flatMap((one: unknown, position) => {
      const isRepeated = names[position] !== undefined && names.indexOf(names[position]) < position;
      return [
        ...faultsOf(one, keys, `${sort}[${position}]`),
        ...(isRepeated ? [`\`${sort}[${position}].${name}\` is the same as of one before it`] : []),
      ];
    });
  });
}
