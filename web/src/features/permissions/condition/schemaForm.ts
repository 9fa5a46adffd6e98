import { defineMessages } from "#lib/i18n/messages.ts";

const t = defineMessages("schemaForm", {
  missing: "This is needed.",
  emptyList: "Name at least one.",
  tooLong: "{count} characters at most.",
  notNumber: "This is not a number.",
  notJson: "This is not JSON.",
});

/** How one parameter is asked for. */
type FormControl =
  | { kind: "text"; maxLength: number | null }
  | { kind: "number" }
  | { kind: "boolean" }
  | { kind: "choice"; options: string[] }
  | { kind: "list"; options: string[] | null; aliases: string[] }
  | { kind: "json" };

/** One parameter of a rule. */
export interface FormField {
  name: string;
  label: string;
  hint: string | null;
  isRequired: boolean;
  control: FormControl;
}

/** The form that a rule's JSON Schema describes; what it cannot show as a control is asked for as JSON. */
export function formFields(schema: unknown): FormField[] {
  const { properties, required } = record(schema);
  const needed = Array.isArray(required) ? required : [];
  return Object.entries(record(properties)).map(([name, property]) => {
    const { title, description } = record(property);
    return {
      name,
      label: typeof title === "string" ? title : labelOf(name),
      hint: typeof description === "string" ? description : null,
      isRequired: needed.includes(name),
      control: controlFor(record(property)),
    };
  });
}

function controlFor(schema: Record<string, unknown>): FormControl {
  const options = stringsOf(schema.enum);
  if (options) return { kind: "choice", options };
  if (schema.type === "array") {
    const items = record(schema.items);
    if (items.type !== "string" && !stringsOf(items.enum)) return { kind: "json" };
    return { kind: "list", options: stringsOf(items.enum), aliases: aliasesIn(schema.description) };
  }
  if (schema.type === "string") {
    return { kind: "text", maxLength: typeof schema.maxLength === "number" ? schema.maxLength : null };
  }
  if (schema.type === "number" || schema.type === "integer") return { kind: "number" };
  if (schema.type === "boolean") return { kind: "boolean" };
  return { kind: "json" };
}

/** The values that stand for whoever asks, e.g. `$ownerRefs`; a schema names them where they may be used. */
function aliasesIn(description: unknown): string[] {
  return typeof description === "string" ? [...new Set(description.match(/\$[A-Za-z]+/g) ?? [])] : [];
}

/** What is wrong with parameters, as far as it can be told without the server. */
export function formFaults(fields: FormField[], params: Record<string, unknown>): { name: string; message: string }[] {
  return fields.flatMap(({ name, isRequired, control }) => {
    const message = faultOf(params[name], isRequired, control);
    return message === null ? [] : [{ name, message }];
  });
}

function faultOf(value: unknown, isRequired: boolean, control: FormControl): string | null {
  if (value === undefined || value === "") return isRequired ? t("missing") : null;
  if (control.kind === "list" && Array.isArray(value) && value.length === 0) return isRequired ? t("emptyList") : null;
  if (control.kind === "text" && control.maxLength !== null && String(value).length > control.maxLength) {
    return t("tooLong", { count: control.maxLength });
  }
  if (control.kind === "number" && typeof value !== "number") return t("notNumber");
  if (control.kind === "json" && typeof value === "string") return t("notJson");
  return null;
}

/** The same parameters with one set, or left out where nothing is said. */
export function withParam(params: Record<string, unknown>, name: string, value: unknown): Record<string, unknown> {
  const { [name]: _, ...rest } = params;
  return value === undefined || value === "" ? rest : { ...rest, [name]: value };
}

function labelOf(name: string): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/[_-]/g, " ")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function stringsOf(value: unknown): string[] | null {
  return Array.isArray(value) && value.every((one) => typeof one === "string") ? value : null;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
