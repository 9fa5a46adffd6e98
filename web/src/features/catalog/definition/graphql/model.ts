/** A type of GraphQL, as a reader looks at it. */
export interface SdlType {
  name: string;
  kind: "object" | "interface" | "input" | "enum" | "union" | "scalar" | "directive";
  description?: string;
  directives: string[];
  fields: SdlField[];
  /** Its interfaces, or what a union is of. */
  types: string[];
  values: SdlValue[];
  /** Where a directive may stand. */
  locations: string[];
  isRepeatable: boolean;
}

/** A field, or an argument of one. */
export interface SdlField {
  name: string;
  /** E.g. `[Pet!]!`. */
  type: string;
  description?: string;
  arguments: SdlField[];
  fallback?: string;
  directives: string[];
  deprecation?: string;
}

/** A value of an enum. */
interface SdlValue {
  name: string;
  description?: string;
  deprecation?: string;
}

/** All types of a schema, and which of them are where queries begin. */
export interface SdlModel {
  types: SdlType[];
  roots: Partial<Record<"query" | "mutation" | "subscription", string>>;
  /** Which types mention a type, by its name: `Query.pets`. */
  mentions: Record<string, string[]>;
}

/** The name in a type, without what stands around it. */
export function namedType(type: string): string {
  return type.replace(/[[\]!]/g, "");
}

/** The type of this name. */
export function typeNamed(model: SdlModel, name: string): SdlType | undefined {
  return model.types.find((type) => type.name === name);
}
