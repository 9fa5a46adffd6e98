import { posix } from "node:path";
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  NoUnusedFragmentsRule,
  parse,
  Source,
  specifiedRules,
  stripIgnoredCharacters,
  validate,
  visit,
} from "graphql";
import { operationName, scalarType, TypePrinter } from "./types.ts";

/** A `.graphql` file of the front end: its path inside `src/` and its text. */
export interface DocumentFile {
  path: string;
  text: string;
}

const notice = "// Written by `npm run codegen` from the public schema; do not edit.";
const schemaPath = "lib/graphql/schema.generated.ts";
const requestPath = "lib/graphql/document.ts";

/** Every generated file, by its path inside `src/`. */
export function generate(schema: GraphQLSchema, files: DocumentFile[]): Map<string, string> {
  const documents = files.map((file) => ({ ...file, document: parse(new Source(file.text, file.path)) }));
  checkDocuments(
    schema,
    documents.map(({ document }) => document),
  );
  const fragments = new Map<string, { node: FragmentDefinitionNode; path: string }>();
  for (const { document, path } of documents) {
    for (const node of document.definitions) {
      if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, { node, path });
    }
  }
  const output = new Map<string, string>([[schemaPath, schemaTypes(schema)]]);
  for (const { document, path } of documents) {
    output.set(generatedPath(path), documentModule(schema, path, document, fragments));
  }
  return output;
}

function generatedPath(path: string): string {
  return path.replace(/\.graphql$/, ".generated.ts");
}

function checkDocuments(schema: GraphQLSchema, documents: DocumentNode[]) {
  const all: DocumentNode = { kind: Kind.DOCUMENT, definitions: documents.flatMap(({ definitions }) => definitions) };
  const rules = specifiedRules.filter((rule) => rule !== NoUnusedFragmentsRule);
  const errors = validate(schema, all, rules);
  if (errors.length > 0) throw new GraphQLError(errors.map((error) => error.toString()).join("\n\n"));
}

function documentModule(
  schema: GraphQLSchema,
  path: string,
  document: DocumentNode,
  fragments: Map<string, { node: FragmentDefinitionNode; path: string }>,
): string {
  const printer = new TypePrinter(schema);
  const declarations: string[] = [];
  let hasOperations = false;
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) declarations.push(printer.fragment(node));
    if (node.kind !== Kind.OPERATION_DEFINITION) continue;
    hasOperations = true;
    const name = operationName(node);
    const text = [node, ...spreadFragments(node, fragments)].map((part) => sourceText(part)).join(" ");
    declarations.push(printer.operation(node));
    declarations.push(
      `export const ${node.name?.value}Document = ${JSON.stringify(text)} as TypedDocument<${name}, ${name}Variables>;`,
    );
  }
  const imports: string[] = [];
  if (hasOperations) imports.push(`import type { TypedDocument } from "#${requestPath}";`);
  if (printer.references.schemaTypes.size > 0) {
    imports.push(`import type { ${[...printer.references.schemaTypes].sort().join(", ")} } from "#${schemaPath}";`);
  }
  for (const name of [...printer.references.fragments].sort()) {
    const from = fragments.get(name)?.path;
    if (from === undefined || from === path) continue;
    imports.push(`import type { ${name}Fragment } from "#${posix.normalize(generatedPath(from))}";`);
  }
  const head = imports.length > 0 ? `${notice}\n${imports.sort().join("\n")}` : notice;
  return `${[head, ...declarations].join("\n\n")}\n`;
}

function sourceText(node: { loc?: FragmentDefinitionNode["loc"] }): string {
  if (!node.loc) throw new Error("a parsed node knows where it is");
  return stripIgnoredCharacters(node.loc.source.body.slice(node.loc.start, node.loc.end));
}

function spreadFragments(
  root: Parameters<typeof visit>[0],
  fragments: Map<string, { node: FragmentDefinitionNode }>,
  found = new Map<string, FragmentDefinitionNode>(),
): FragmentDefinitionNode[] {
  visit(root, {
    FragmentSpread({ name }) {
      const fragment = fragments.get(name.value)?.node;
      if (!fragment || found.has(name.value)) return;
      found.set(name.value, fragment);
      spreadFragments(fragment, fragments, found);
    },
  });
  return [...found.values()];
}

function schemaTypes(schema: GraphQLSchema): string {
  const types = Object.values(schema.getTypeMap())
    .filter((type) => !type.name.startsWith("__"))
    .sort((left, right) => left.name.localeCompare(right.name));
  const declarations = types.flatMap((type) => {
    if (isEnumType(type)) {
      const values = type.getValues().map(({ name }) => JSON.stringify(name));
      return [`export type ${type.name} = ${values.join(" | ")};`];
    }
    if (!isInputObjectType(type)) return [];
    const fields = Object.values(type.getFields()).map((field) => {
      const isOptional = !isNonNullType(field.type) || field.defaultValue !== undefined;
      return `  ${field.name}${isOptional ? "?" : ""}: ${inputType(field.type, isOptional)};`;
    });
    return [`export type ${type.name} = {\n${fields.join("\n")}\n};`];
  });
  return `${[notice, ...declarations].join("\n\n")}\n`;
}

function inputType(type: GraphQLInputType, isOptional: boolean): string {
  if (isNonNullType(type)) return inputType(type.ofType, false);
  const present = isListType(type)
    ? `Array<${inputType(type.ofType, !isNonNullType(type.ofType))}>`
    : (scalarType(type.name) ?? type.name);
  return isOptional ? `${present} | null | undefined` : present;
}
