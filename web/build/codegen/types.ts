import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  type InlineFragmentNode,
  isAbstractType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionSetNode,
  type TypeNode,
} from "graphql";

const scalars: Record<string, string> = {
  ID: "string",
  String: "string",
  Int: "number",
  Float: "number",
  Boolean: "boolean",
  DateTime: "string",
  EntityRef: "string",
  JSON: "unknown",
};

/** A scalar's TypeScript type, or undefined for a type that is declared in the schema file. */
export function scalarType(name: string): string | undefined {
  return scalars[name];
}

/** What a printed type refers to and does not declare itself. */
export interface References {
  fragments: Set<string>;
  schemaTypes: Set<string>;
}

/**
 * Prints the TypeScript types of one document.
 *
 * A selection on an interface becomes one object type: its own fields as they are, those of narrower inline fragments
 * optional. A type per implementing kind would multiply with every nested interface, and no component needs it.
 */
export class TypePrinter {
  readonly references: References = { fragments: new Set(), schemaTypes: new Set() };

  constructor(private readonly schema: GraphQLSchema) {}

  operation(operation: OperationDefinitionNode): string {
    const root = this.schema.getRootType(operation.operation);
    if (!root) throw new Error(`the schema has no ${operation.operation}`);
    const name = operationName(operation);
    const variables = (operation.variableDefinitions ?? []).map((variable) => {
      const isOptional = variable.type.kind !== Kind.NON_NULL_TYPE || variable.defaultValue !== undefined;
      return `  ${variable.variable.name.value}${isOptional ? "?" : ""}: ${this.input(variable.type, isOptional)};`;
    });
    const variablesType = variables.length > 0 ? `{\n${variables.join("\n")}\n}` : "Record<string, never>";
    return [
      `export type ${name}Variables = ${variablesType};`,
      `export type ${name} = ${this.selection(operation.selectionSet, root, "")};`,
    ].join("\n\n");
  }

  fragment(fragment: FragmentDefinitionNode): string {
    const type = this.schema.getType(fragment.typeCondition.name.value);
    if (!isCompositeType(type)) throw new Error(`fragment ${fragment.name.value} is on an unknown type`);
    return `export type ${fragment.name.value}Fragment = ${this.selection(fragment.selectionSet, type, "")};`;
  }

  private selection(set: SelectionSetNode, parent: GraphQLCompositeType, indent: string): string {
    const fields = new Map<string, string>();
    const fragments = new Set<string>();
    this.collect(set, parent, `${indent}  `, false, fields, fragments);
    const parts = [...fragments].map((fragment) => `${fragment}Fragment`);
    if (fields.size > 0) parts.push(`{\n${[...fields.values()].join("\n")}\n${indent}}`);
    return parts.join(" & ");
  }

  private collect(
    set: SelectionSetNode,
    parent: GraphQLCompositeType,
    indent: string,
    isOptional: boolean,
    fields: Map<string, string>,
    fragments: Set<string>,
  ) {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const optional = isOptional || isConditional(selection) ? "?" : "";
        fields.set(key, `${indent}${key}${optional}: ${this.field(selection, parent, indent)};`);
      } else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        if (isOptional || isConditional(selection)) {
          throw new Error(`...${selection.name.value} is conditional; spell its fields out`);
        }
        this.references.fragments.add(selection.name.value);
        fragments.add(selection.name.value);
      } else {
        const type = this.narrowed(selection, parent);
        const isNarrower = isAbstractType(parent) && type !== parent;
        const isInnerOptional = isOptional || isNarrower || isConditional(selection);
        this.collect(selection.selectionSet, type, indent, isInnerOptional, fields, fragments);
      }
    }
  }

  private narrowed(selection: InlineFragmentNode, parent: GraphQLCompositeType): GraphQLCompositeType {
    const name = selection.typeCondition?.name.value;
    const type = name === undefined ? parent : this.schema.getType(name);
    if (!isCompositeType(type)) throw new Error(`... on ${name}: no such type`);
    return type;
  }

  private field(field: FieldNode, parent: GraphQLCompositeType, indent: string): string {
    const name = field.name.value;
    if (name === "__typename") return this.typeNames(parent);
    const definition = "getFields" in parent ? parent.getFields()[name] : undefined;
    if (!definition) throw new Error(`${parent.name} has no field ${name}`);
    return this.output(definition.type, field, indent);
  }

  private typeNames(parent: GraphQLCompositeType): string {
    const types = isObjectType(parent) ? [parent] : this.schema.getPossibleTypes(parent);
    return types.map((type) => JSON.stringify(type.name)).join(" | ");
  }

  private output(type: GraphQLOutputType, field: FieldNode, indent: string): string {
    if (!isNonNullType(type)) return `${this.present(type, field, indent)} | null`;
    return this.present(type.ofType, field, indent);
  }

  private present(type: GraphQLOutputType, field: FieldNode, indent: string): string {
    if (isListType(type)) return `Array<${this.output(type.ofType, field, indent)}>`;
    const named = getNamedType(type);
    if (isCompositeType(named)) {
      if (!field.selectionSet) throw new Error(`${print(field)} selects nothing`);
      return this.selection(field.selectionSet, named, indent);
    }
    return this.leaf(named.name);
  }

  private leaf(name: string): string {
    const scalar = scalarType(name);
    if (scalar) return scalar;
    this.references.schemaTypes.add(name);
    return name;
  }

  private input(type: TypeNode, isOptional: boolean): string {
    if (type.kind === Kind.NON_NULL_TYPE) return this.input(type.type, false);
    const present =
      type.kind === Kind.LIST_TYPE
        ? `Array<${this.input(type.type, type.type.kind !== Kind.NON_NULL_TYPE)}>`
        : this.leaf(type.name.value);
    return isOptional ? `${present} | null | undefined` : present;
  }
}

/** `CatalogListQuery` for `query CatalogList`. */
export function operationName(operation: OperationDefinitionNode): string {
  if (!operation.name) throw new Error("every operation needs a name");
  return `${operation.name.value}${operation.operation[0]?.toUpperCase()}${operation.operation.slice(1)}`;
}

function isConditional(node: { readonly directives?: FieldNode["directives"] }): boolean {
  return (node.directives ?? []).some(({ name }) => name.value === "include" || name.value === "skip");
}
