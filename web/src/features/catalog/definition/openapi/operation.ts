import { at, entriesAt, isRecord, type Json, listAt, record, textAt, textsAt } from "../json/access.ts";
import { resolve } from "../json/reference.ts";
import { methods } from "./outline.ts";

/** Where a parameter stands in a request. */
type Place = "path" | "query" | "header" | "cookie";

/** Something a request is asked with. */
export interface Parameter {
  name: string;
  place: Place;
  isRequired: boolean;
  isDeprecated: boolean;
  description?: string;
  schema: unknown;
  example?: unknown;
  /** How a list is written: `a=1&a=2` or `a=1,2`. */
  isExploded: boolean;
}

/** One form of a body. */
interface Media {
  type: string;
  schema: unknown;
  examples: { name: string; summary?: string; value: unknown }[];
}

/** What is sent. */
interface Body {
  isRequired: boolean;
  description?: string;
  media: Media[];
}

/** What comes back. */
export interface Response {
  status: string;
  description?: string;
  headers: { name: string; description?: string; schema: unknown }[];
  media: Media[];
}

/** One operation, whichever version of OpenAPI says it. */
export interface Operation {
  method: string;
  path: string;
  isWebhook: boolean;
  summary?: string;
  description?: string;
  operationId?: string;
  isDeprecated: boolean;
  documentation?: string;
  parameters: Parameter[];
  body?: Body;
  responses: Response[];
  servers: unknown[];
  security: Scheme[][];
  callbacks: string[];
}

/** A way to say who asks. */
export interface Scheme {
  name: string;
  kind: "basic" | "bearer" | "header" | "query" | "cookie" | "other";
  /** The name of the header or of the query's parameter. */
  key: string;
  description?: string;
  scopes: string[];
}

/** The operation that an id of the outline names. */
export function operationOf(document: Json, id: string): Operation | undefined {
  const [, webhook, method, path] = /^(webhook )?([A-Z]+) (.*)$/s.exec(id) ?? [];
  const name = methods.find((one) => one.toUpperCase() === method);
  if (!name || path === undefined) return undefined;
  const pathItem = resolve(document, at(document, webhook ? "webhooks" : "paths", path)).value;
  const operation = at(pathItem, name);
  if (!isRecord(operation)) return undefined;
  const isOld = textAt(document, "swagger") !== undefined;
  const written = parametersOf(document, pathItem, operation);
  const body = isOld ? oldBody(document, operation, written) : bodyOf(document, operation);
  return {
    method: name.toUpperCase(),
    path,
    isWebhook: webhook !== undefined,
    ...pick(operation, "summary", "description", "operationId"),
    isDeprecated: operation.deprecated === true,
    ...optional("documentation", textAt(operation, "externalDocs", "url")),
    parameters: written.flatMap(parameterOf),
    ...(body && { body }),
    responses: responsesOf(document, operation, isOld),
    servers: [listAt(operation, "servers"), listAt(pathItem, "servers")].find((list) => list.length > 0) ?? [],
    security: securityOf(document, operation),
    callbacks: entriesAt(operation, "callbacks").map(([callback]) => callback),
  };
}

/** Those of the operation go before those of its path. */
function parametersOf(document: Json, pathItem: unknown, operation: Json): Json[] {
  const found = new Map<string, Json>();
  for (const one of [...listAt(pathItem, "parameters"), ...listAt(operation, "parameters")].slice(0, 500)) {
    const parameter = record(resolve(document, one).value);
    found.set(`${textAt(parameter, "in")} ${textAt(parameter, "name")}`, parameter);
  }
  return [...found.values()];
}

const places: readonly string[] = ["path", "query", "header", "cookie"] satisfies Place[];

function parameterOf(parameter: Json): Parameter[] {
  const [name, place] = [textAt(parameter, "name"), textAt(parameter, "in")];
  if (name === undefined || place === undefined || !places.includes(place)) return [];
  const [content] = entriesAt(parameter, "content");
  const examples = entriesAt(parameter, "examples").map(([, one]) => at(one, "value"));
  const example = Object.hasOwn(parameter, "example") ? parameter.example : examples[0];
  const format = textAt(parameter, "collectionFormat");
  return [
    {
      name,
      place: place as Place,
      isRequired: parameter.required === true || place === "path",
      isDeprecated: parameter.deprecated === true,
      ...pick(parameter, "description"),
      // Version 2 writes the schema into the parameter itself.
      schema: at(parameter, "schema") ?? at(content?.[1], "schema") ?? withoutRequired(parameter),
      ...(example !== undefined && { example }),
      isExploded: format ? format === "multi" : (at(parameter, "explode") ?? place === "query") === true,
    },
  ];
}

function withoutRequired({ required, description, ...schema }: Json): Json {
  return schema;
}

function bodyOf(document: Json, operation: Json): Body | undefined {
  const written = resolve(document, at(operation, "requestBody")).value;
  if (!isRecord(written)) return undefined;
  return { isRequired: written.required === true, ...pick(written, "description"), media: mediaOf(document, written) };
}

function oldBody(document: Json, operation: Json, parameters: Json[]): Body | undefined {
  const accepted =
    textsAt(operation, "consumes").length > 0 ? textsAt(operation, "consumes") : textsAt(document, "consumes");
  const body = parameters.find((parameter) => parameter.in === "body");
  if (body) {
    const types = accepted.length > 0 ? accepted : ["application/json"];
    return {
      isRequired: body.required === true,
      ...pick(body, "description"),
      media: types.map((type) => ({ type, schema: body.schema, examples: [] })),
    };
  }
  const fields = parameters.filter((parameter) => parameter.in === "formData");
  if (fields.length === 0) return undefined;
  const required = fields.filter((field) => field.required === true).map((field) => String(field.name));
  const properties = Object.fromEntries(
    fields.map(({ required: _required, ...field }) => [
      String(field.name),
      field.type === "file" ? { type: "string", format: "binary", description: field.description } : field,
    ]),
  );
  const types = accepted.length > 0 ? accepted : ["application/x-www-form-urlencoded"];
  const schema = { type: "object", required, properties };
  return { isRequired: required.length > 0, media: types.map((type) => ({ type, schema, examples: [] })) };
}

function mediaOf(document: Json, holder: Json): Media[] {
  return entriesAt(holder, "content").map(([type, media]) => {
    const named = entriesAt(media, "examples").map(([name, written]) => {
      const example = resolve(document, written).value;
      return { name, ...pick(record(example), "summary"), value: at(example, "value") };
    });
    const single = at(media, "example");
    const examples = single !== undefined ? [{ name: "", value: single }, ...named] : named;
    return { type, schema: at(media, "schema"), examples: examples.filter(({ value }) => value !== undefined) };
  });
}

function responsesOf(document: Json, operation: Json, isOld: boolean): Response[] {
  return entriesAt(operation, "responses").map(([status, written]) => {
    const response = record(resolve(document, written).value);
    return {
      status,
      ...pick(response, "description"),
      headers: entriesAt(response, "headers").map(([name, one]) => {
        const header = record(resolve(document, one).value);
        return { name, ...pick(header, "description"), schema: at(header, "schema") ?? withoutRequired(header) };
      }),
      media: isOld ? oldMedia(document, operation, response) : mediaOf(document, response),
    };
  });
}

function oldMedia(document: Json, operation: Json, response: Json): Media[] {
  const schema = at(response, "schema");
  const examples = new Map(entriesAt(response, "examples"));
  if (schema === undefined && examples.size === 0) return [];
  const own = textsAt(operation, "produces");
  const named = own.length > 0 ? own : textsAt(document, "produces");
  const types = new Set([...(named.length > 0 ? named : ["application/json"]), ...examples.keys()]);
  return [...types].map((type) => ({
    type,
    schema,
    examples: examples.has(type) ? [{ name: "", value: examples.get(type) }] : [],
  }));
}

function securityOf(document: Json, operation: Json): Scheme[][] {
  const written = Array.isArray(operation.security) ? operation.security : listAt(document, "security");
  return written.slice(0, 20).map((requirement) =>
    Object.entries(record(requirement)).map(([name, scopes]): Scheme => {
      const scheme = resolve(
        document,
        at(document, "components", "securitySchemes", name) ?? at(document, "securityDefinitions", name),
      ).value;
      return {
        name,
        ...kindOf(record(scheme)),
        ...pick(record(scheme), "description"),
        scopes: textsAt({ scopes }, "scopes"),
      };
    }),
  );
}

function kindOf(scheme: Json): Pick<Scheme, "kind" | "key"> {
  const type = textAt(scheme, "type");
  const place = textAt(scheme, "in");
  const key = textAt(scheme, "name") ?? "";
  if (type === "apiKey" && (place === "header" || place === "query" || place === "cookie")) return { kind: place, key };
  const method = textAt(scheme, "scheme")?.toLowerCase();
  if (type === "basic" || method === "basic") return { kind: "basic", key: "Authorization" };
  if (method === "bearer" || type === "oauth2" || type === "openIdConnect")
    return { kind: "bearer", key: "Authorization" };
  return { kind: "other", key: "Authorization" };
}

function pick<Key extends string>(from: Json, ...keys: Key[]): Partial<Record<Key, string>> {
  const picked: Partial<Record<Key, string>> = {};
  for (const key of keys) {
    const text = textAt(from, key);
    if (text !== undefined) picked[key] = text;
  }
  return picked;
}

function optional<Key extends string>(key: Key, text: string | undefined): Partial<Record<Key, string>> {
  return text === undefined ? {} : ({ [key]: text } as Record<Key, string>);
}
