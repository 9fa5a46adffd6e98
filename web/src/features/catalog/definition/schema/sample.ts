import { at, isRecord, listAt, textAt } from "../json/access.ts";
import { resolve } from "../json/reference.ts";
import { shapeOf } from "./schema.ts";

/** What the value is for: what only the other side writes is left out. */
export type Direction = "request" | "response";

const deepest = 6;
const most = 300;

/** A value that a schema describes: from its examples, defaults and names, never large and never endless. */
export function sampleOf(document: unknown, schema: unknown, direction: Direction): unknown {
  return new Sampler(document, direction).sample(schema, 0, []);
}

class Sampler {
  private made = 0;

  constructor(
    private readonly document: unknown,
    private readonly direction: Direction,
  ) {}

  sample(schema: unknown, depth: number, above: readonly unknown[]): unknown {
    const { value, problem } = resolve(this.document, schema);
    if (problem) return undefined;
    this.made += 1;
    if (!isRecord(value) || this.made > most) return null;
    const given = this.given(value);
    if (given !== undefined) return given;
    // A schema within itself is shown once.
    if (depth > deepest || above.includes(value)) return undefined;
    const below = [...above, value];
    const shape = shapeOf(this.document, value);
    const isList = shape.type.includes("[]");
    if (isList) {
      const inner = this.sample(this.itemsOf(value), depth + 1, below);
      return inner === undefined ? [] : [inner];
    }
    const chosen = shape.variants.find(({ word }) => word !== "not")?.schemas[0];
    const base = chosen === undefined ? undefined : this.sample(chosen, depth + 1, below);
    if (shape.properties.length === 0) return base ?? scalar(shape.type, textAt(value, "format"));
    const result: Record<string, unknown> = isRecord(base) ? { ...base } : {};
    const hidden = this.direction === "request" ? "readOnly" : "writeOnly";
    for (const { name, schema: inner } of shape.properties) {
      if (name === "*" || name.startsWith("/")) continue;
      if (at(resolve(this.document, inner).value, hidden) === true) continue;
      const one = this.sample(inner, depth + 1, below);
      // Defined, not assigned: a name may be one that means something to the language.
      if (one !== undefined) Object.defineProperty(result, name, { value: one, enumerable: true, configurable: true });
    }
    return result;
  }

  private given(schema: Record<string, unknown>): unknown {
    if (Object.hasOwn(schema, "example")) return schema.example;
    const [first] = listAt(schema, "examples");
    if (first !== undefined) return first;
    if (Object.hasOwn(schema, "default")) return schema.default;
    if (Object.hasOwn(schema, "const")) return schema.const;
    return listAt(schema, "enum")[0];
  }

  private itemsOf(schema: Record<string, unknown>): unknown {
    if (Object.hasOwn(schema, "items")) return schema.items;
    const parts = listAt(schema, "allOf").map((part) => resolve(this.document, part).value);
    return parts.map((part) => at(part, "items")).find((items) => items !== undefined);
  }
}

const formats: Record<string, string> = {
  date: "2030-01-31",
  "date-time": "2030-01-31T12:00:00Z",
  time: "12:00:00Z",
  email: "someone@example.com",
  uuid: "3fa85f64-5717-4562-b3fc-2c963f66afa6",
  uri: "https://example.com",
  url: "https://example.com",
  hostname: "example.com",
  ipv4: "192.0.2.1",
  ipv6: "2001:db8::1",
};

function scalar(type: string, format: string | undefined): unknown {
  const kind = type.split(" ")[0];
  if (kind === "integer" || kind === "number") return 0;
  if (kind === "boolean") return true;
  if (kind === "object") return {};
  if (kind === "string") return format !== undefined && Object.hasOwn(formats, format) ? formats[format] : "string";
  return null;
}
