/** A language that definitions are written in and that has a viewer; `text` is any other. */
export type Format = "openapi" | "asyncapi" | "graphql" | "grpc" | "text";

/** What a definition is shown as, and why. */
export interface FormatChoice {
  format: Format;
  /** What the catalog says it is, where that is something else than what it reads as. */
  declared?: string;
}

const declaredFormats: Record<string, Format> = {
  openapi: "openapi",
  swagger: "openapi",
  asyncapi: "asyncapi",
  graphql: "graphql",
  grpc: "grpc",
  protobuf: "grpc",
  proto: "grpc",
};

/** What a text is, is told by how it begins. */
const examined = 100_000;

const signs: readonly [Format, RegExp][] = [
  ["asyncapi", /^[ \t]*\{?[ \t]*["']?asyncapi["']?[ \t]*:[ \t]*["']?\d/m],
  ["openapi", /^[ \t]*\{?[ \t]*["']?(?:openapi|swagger)["']?[ \t]*:[ \t]*["']?\d/m],
  ["grpc", /^[ \t]*(?:syntax[ \t]*=[ \t]*["']proto[23]["']|edition[ \t]*=[ \t]*["']\d+["'])/m],
  ["graphql", /"__schema"[ \t]*:/],
  ["grpc", /^[ \t]*(?:service|message)[ \t]+\w+[ \t]*\{/m],
  ["graphql", /^[ \t]*(?:extend[ \t]+)?(?:type|interface|input|enum)[ \t]+[A-Za-z_]\w*\b[^{\n]*\{/m],
  ["graphql", /^[ \t]*(?:extend[ \t]+)?(?:schema[ \t]*[@{]|scalar[ \t]+[A-Za-z_]\w*[ \t]*(?:@.*)?$|directive[ \t]+@)/m],
];

/** What a text reads as; undefined where nothing tells. */
export function sniffFormat(definition: string): Format | undefined {
  const start = definition.slice(0, examined);
  // A document on one line says what it is somewhere in its first object.
  const line = /^\s*\{/.test(start) ? /"(asyncapi|openapi|swagger)"\s*:\s*"\d/.exec(start)?.[1] : undefined;
  if (line) return declaredFormats[line];
  return signs.find(([, sign]) => sign.test(start))?.[0];
}

/** What a definition is shown as: what it reads as goes before what its entity says it is. */
export function chooseFormat(type: string | null, definition: string): FormatChoice {
  const name = type?.toLowerCase() ?? "";
  const declared = Object.hasOwn(declaredFormats, name) ? declaredFormats[name] : undefined;
  const sniffed = sniffFormat(definition);
  const format = sniffed ?? declared ?? "text";
  return type && sniffed && sniffed !== declared ? { format, declared: type } : { format };
}
