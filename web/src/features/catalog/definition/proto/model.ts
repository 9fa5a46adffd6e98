/** A file of protocol buffers, as a reader looks at it. */
export interface ProtoModel {
  syntax?: string;
  package?: string;
  imports: string[];
  services: ProtoService[];
  messages: ProtoMessage[];
  enums: ProtoEnum[];
}

/** A service and what can be called. */
export interface ProtoService {
  name: string;
  description?: string;
  methods: ProtoMethod[];
}

/** What can be called. */
export interface ProtoMethod {
  name: string;
  description?: string;
  input: ProtoType;
  output: ProtoType;
  options: string[];
}

/** One end of a call. */
export interface ProtoType {
  name: string;
  isStream: boolean;
}

/** A message, by its full name within the package: `Outer.Inner`. */
export interface ProtoMessage {
  name: string;
  description?: string;
  fields: ProtoField[];
  reserved: string[];
  /** It adds to a message of another file. */
  isExtension: boolean;
}

/** A field of a message. */
export interface ProtoField {
  name: string;
  /** E.g. `string`, `map<string, Fare>`. */
  type: string;
  number: string;
  label?: "repeated" | "optional" | "required";
  /** The name of the `oneof` it is part of. */
  oneOf?: string;
  description?: string;
  isDeprecated: boolean;
}

/** An enum and its values. */
export interface ProtoEnum {
  name: string;
  description?: string;
  values: { name: string; number: string; description?: string }[];
}

const gathered = new WeakMap<ProtoModel, ReadonlySet<string>>();

/** The names of all types of a file, which every field of it is looked up in. */
function namesOf(model: ProtoModel): ReadonlySet<string> {
  const known = gathered.get(model) ?? new Set([...model.messages, ...model.enums].map((one) => one.name));
  gathered.set(model, known);
  return known;
}

/** The full name of the type that a name means within a message, innermost first; undefined for what is elsewhere. */
export function findType(model: ProtoModel, name: string, within: string): string | undefined {
  const known = namesOf(model);
  let bare = name.replace(/^\./, "");
  if (model.package && bare.startsWith(`${model.package}.`)) bare = bare.slice(model.package.length + 1);
  const scope = within.split(".").filter(Boolean);
  for (let depth = scope.length; depth >= 0; depth--) {
    const candidate = [...scope.slice(0, depth), bare].join(".");
    if (known.has(candidate)) return candidate;
  }
  return undefined;
}
