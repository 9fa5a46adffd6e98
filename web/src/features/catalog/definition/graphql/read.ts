import {
  buildClientSchema,
  type ConstDirectiveNode,
  type DefinitionNode,
  type FieldDefinitionNode,
  GraphQLError,
  type InputValueDefinitionNode,
  type IntrospectionQuery,
  parse,
  print,
  printSchema,
} from "graphql";
import { at } from "../json/access.ts";
import type { Outline, OutlineItem, Section } from "../outline.ts";
import { ReadingError } from "../reading/problem.ts";
import { readTree } from "../reading/tree.ts";
import { namedType, type SdlField, type SdlModel, type SdlType, typeNamed } from "./model.ts";

/** A schema of two megabytes has half a million tokens. */
const mostTokens = 3_000_000;
const mostMentions = 100;

/** Reads a schema: its language, or what an introspection of it answered. */
export function readGraphql(text: string): { model: SdlModel; outline: Outline } {
  const model = modelOf(/^\s*\{/.test(text) ? fromIntrospection(text) : text);
  return { model, outline: outlineOf(model) };
}

function fromIntrospection(text: string): string {
  const tree = readTree(text);
  const schema = at(tree, "data", "__schema") ?? at(tree, "__schema");
  return printSchema(buildClientSchema({ __schema: schema } as unknown as IntrospectionQuery, { assumeValid: true }));
}

function modelOf(text: string): SdlModel {
  let definitions: readonly DefinitionNode[];
  try {
    definitions = parse(text, { maxTokens: mostTokens, noLocation: true }).definitions;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const [location] = error.locations ?? [];
    throw new ReadingError({
      reason: "syntax",
      detail: error.message.replace(/^Syntax Error: /, ""),
      ...(location && { line: location.line, column: location.column }),
    });
  }
  const types = new Map<string, SdlType>();
  const roots: SdlModel["roots"] = {};
  for (const definition of definitions) {
    if (definition.kind === "SchemaDefinition" || definition.kind === "SchemaExtension") {
      for (const { operation, type } of definition.operationTypes ?? []) roots[operation] = type.name.value;
      continue;
    }
    const type = typeOf(definition);
    if (!type) continue;
    // What an extension adds belongs to the type, wherever it stands.
    const key = type.kind === "directive" ? `@${type.name}` : type.name;
    const known = types.get(key);
    types.set(key, known ? merged(known, type) : type);
  }
  if (Object.keys(roots).length === 0) {
    for (const [operation, name] of [
      ["query", "Query"],
      ["mutation", "Mutation"],
      ["subscription", "Subscription"],
    ] as const) {
      if (types.has(name)) roots[operation] = name;
    }
  }
  const all = [...types.values()];
  return { types: all, roots, mentions: mentionsIn(all) };
}

const kinds: Partial<Record<DefinitionNode["kind"], SdlType["kind"]>> = {
  ObjectTypeDefinition: "object",
  ObjectTypeExtension: "object",
  InterfaceTypeDefinition: "interface",
  InterfaceTypeExtension: "interface",
  InputObjectTypeDefinition: "input",
  InputObjectTypeExtension: "input",
  EnumTypeDefinition: "enum",
  EnumTypeExtension: "enum",
  UnionTypeDefinition: "union",
  UnionTypeExtension: "union",
  ScalarTypeDefinition: "scalar",
  ScalarTypeExtension: "scalar",
  DirectiveDefinition: "directive",
};

function typeOf(node: DefinitionNode): SdlType | undefined {
  const kind = kinds[node.kind];
  if (!kind || !("name" in node) || !node.name) return undefined;
  const type: SdlType = {
    name: node.name.value,
    kind,
    ...("description" in node && described(node)),
    directives: "directives" in node ? directivesOf(node.directives as readonly ConstDirectiveNode[]) : [],
    fields: [],
    types: [],
    values: [],
    locations: [],
    isRepeatable: false,
  };
  if (node.kind === "DirectiveDefinition") {
    type.fields = (node.arguments ?? []).map(fieldOf);
    type.locations = node.locations.map(({ value }) => value);
    type.isRepeatable = node.repeatable;
  } else if ("fields" in node) {
    type.fields = ((node.fields ?? []) as readonly (FieldDefinitionNode | InputValueDefinitionNode)[]).map(fieldOf);
  }
  if ("interfaces" in node) type.types = (node.interfaces ?? []).map(({ name }) => name.value);
  if ("types" in node) type.types = (node.types ?? []).map(({ name }) => name.value);
  if ("values" in node) {
    type.values = (node.values ?? []).map((value) => ({
      name: value.name.value,
      ...described(value),
      ...deprecated(value.directives),
    }));
  }
  return type;
}

function merged(known: SdlType, more: SdlType): SdlType {
  const names = new Set(known.fields.map(({ name }) => name));
  return {
    ...known,
    ...(more.description && { description: more.description }),
    directives: [...known.directives, ...more.directives],
    fields: [...known.fields, ...more.fields.filter(({ name }) => !names.has(name))],
    types: [...new Set([...known.types, ...more.types])],
    values: [...known.values, ...more.values],
  };
}

function fieldOf(node: FieldDefinitionNode | InputValueDefinitionNode): SdlField {
  return {
    name: node.name.value,
    type: print(node.type),
    ...described(node),
    arguments: "arguments" in node ? (node.arguments ?? []).map(fieldOf) : [],
    ...("defaultValue" in node && node.defaultValue && { fallback: print(node.defaultValue) }),
    directives: directivesOf(node.directives),
    ...deprecated(node.directives),
  };
}

function described(node: { description?: { value: string } | undefined }): { description?: string } {
  return node.description?.value ? { description: node.description.value } : {};
}

function directivesOf(directives: readonly ConstDirectiveNode[] = []): string[] {
  return directives.filter(({ name }) => name.value !== "deprecated").map(print);
}

function deprecated(directives: readonly ConstDirectiveNode[] = []): { deprecation?: string } {
  const directive = directives.find(({ name }) => name.value === "deprecated");
  if (!directive) return {};
  const reason = directive.arguments?.find(({ name }) => name.value === "reason")?.value;
  return { deprecation: reason?.kind === "StringValue" ? reason.value : "" };
}

function mentionsIn(types: SdlType[]): Record<string, string[]> {
  const mentions = new Map<string, Set<string>>();
  const note = (type: string, where: string) => {
    const name = namedType(type);
    const known = mentions.get(name) ?? new Set();
    mentions.set(name, known);
    if (known.size < mostMentions) known.add(where);
  };
  for (const { name, kind, fields, types: related } of types) {
    if (kind === "directive") continue;
    for (const other of related) note(other, name);
    for (const field of fields) {
      note(field.type, `${name}.${field.name}`);
      for (const argument of field.arguments) note(argument.type, `${name}.${field.name}`);
    }
  }
  return Object.fromEntries([...mentions].map(([name, places]) => [name, [...places]]));
}

const sections: readonly [Section, SdlType["kind"]][] = [
  ["objects", "object"],
  ["interfaces", "interface"],
  ["inputs", "input"],
  ["enums", "enum"],
  ["unions", "union"],
  ["scalars", "scalar"],
  ["directives", "directive"],
];

function outlineOf(model: SdlModel): Outline {
  const { roots, types } = model;
  const rootGroups = (["query", "mutation", "subscription"] as const).flatMap((operation) => {
    const name = roots[operation];
    const root = name === undefined ? undefined : typeNamed(model, name);
    if (!root) return [];
    const section: Section = operation === "query" ? "queries" : `${operation}s`;
    const items = root.fields.map(
      (field): OutlineItem => ({
        id: `${root.name}.${field.name}`,
        label: field.name,
        ...(field.description && { hint: firstLine(field.description) }),
        ...(field.deprecation !== undefined && { isDeprecated: true }),
      }),
    );
    return [{ section, items }];
  });
  const isRoot = new Set(Object.values(roots));
  const typeGroups = sections.map(([section, kind]) => ({
    section,
    items: types
      .filter((type) => type.kind === kind && !isRoot.has(type.name))
      .sort((one, other) => one.name.localeCompare(other.name))
      .map(
        (type): OutlineItem => ({
          id: type.kind === "directive" ? `@${type.name}` : type.name,
          label: type.kind === "directive" ? `@${type.name}` : type.name,
          ...(type.description && { hint: firstLine(type.description) }),
        }),
      ),
  }));
  return { groups: [...rootGroups, ...typeGroups].filter(({ items }) => items.length > 0) };
}

function firstLine(text: string): string {
  return text.trim().split("\n", 1)[0]?.slice(0, 200) ?? "";
}
