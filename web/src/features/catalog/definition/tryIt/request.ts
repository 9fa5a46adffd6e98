import type { Operation, Parameter, Scheme } from "../openapi/operation.ts";

/** What was filled in: by the place and the name of a parameter. */
export type Values = Readonly<Record<string, string>>;

/** A request as it is sent. */
export interface OutsideRequest {
  method: string;
  url: string;
  headers: [string, string][];
  body?: { kind: "text"; text: string } | { kind: "form" | "parts"; fields: [string, string][] };
}

/** Why nothing can be sent yet. */
export type Gap = { problem: "server" } | { problem: "missing"; name: string } | { problem: "fields" };

/** Under which name a parameter's value is kept. */
export function keyOf({ place, name }: Pick<Parameter, "place" | "name">): string {
  return `${place} ${name}`;
}

/** Under which name the credentials of a scheme are kept. */
export function credentialKey({ name }: Scheme, part: "user" | "secret" = "secret"): string {
  return `${part} ${name}`;
}

interface Filled {
  server: string;
  values: Values;
  credentials: Values;
  /** The first alternative is taken. */
  security: readonly Scheme[];
  body?: { type: string; text: string };
}

/** What is sent, or why it cannot be. */
export function requestOf(operation: Operation, filled: Filled): OutsideRequest | Gap {
  const { server, values, credentials, security, body } = filled;
  if (!/^https?:\/\/[^/]/i.test(server)) return { problem: "server" };
  for (const parameter of operation.parameters) {
    if (parameter.isRequired && !values[keyOf(parameter)]) return { problem: "missing", name: parameter.name };
  }
  const query = new URLSearchParams();
  const headers: [string, string][] = [];
  const cookies: string[] = [];
  for (const parameter of operation.parameters) {
    const value = values[keyOf(parameter)];
    if (value === undefined || value === "") continue;
    if (parameter.place === "query") {
      for (const one of isList(parameter) && parameter.isExploded ? value.split(",") : [value])
        query.append(parameter.name, one);
    }
    if (parameter.place === "header") headers.push([parameter.name, value]);
    if (parameter.place === "cookie") cookies.push(`${parameter.name}=${value}`);
  }
  for (const scheme of security) {
    const secret = credentials[credentialKey(scheme)];
    if (!secret) continue;
    if (scheme.kind === "query") query.append(scheme.key, secret);
    else if (scheme.kind === "cookie") cookies.push(`${scheme.key}=${secret}`);
    else headers.push([scheme.key, credentialOf(scheme, secret, credentials)]);
  }
  if (cookies.length > 0) headers.push(["Cookie", cookies.join("; ")]);
  const path = operation.path.replace(/\{([^{}]+)\}/g, (whole, name: string) => {
    const value = values[keyOf({ place: "path", name })];
    return value === undefined ? whole : encodeURIComponent(value);
  });
  const search = query.toString();
  // Without a slash between them, what a definition calls a path would go on with the name of the host.
  const url = `${server.replace(/\/$/, "")}/${path.replace(/^\//, "")}${search && (path.includes("?") ? "&" : "?")}${search}`;
  const request: OutsideRequest = { method: operation.method, url, headers };
  if (!body || body.text === "" || ["GET", "HEAD"].includes(operation.method)) return request;
  const content = contentOf(body);
  if (!content) return { problem: "fields" };
  if (content.kind !== "parts") headers.push(["Content-Type", body.type]);
  return { ...request, body: content };
}

function credentialOf(scheme: Scheme, secret: string, credentials: Values): string {
  if (scheme.kind === "bearer") return `Bearer ${secret}`;
  if (scheme.kind !== "basic") return secret;
  const bytes = new TextEncoder().encode(`${credentials[credentialKey(scheme, "user")] ?? ""}:${secret}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}

function isList({ schema }: Parameter): boolean {
  return typeof schema === "object" && schema !== null && "type" in schema && schema.type === "array";
}

function contentOf({ type, text }: { type: string; text: string }): OutsideRequest["body"] {
  const kind = /^application\/x-www-form-urlencoded/i.test(type)
    ? "form"
    : /^multipart\//i.test(type)
      ? "parts"
      : "text";
  if (kind === "text") return { kind, text };
  try {
    const fields: unknown = JSON.parse(text);
    if (typeof fields !== "object" || fields === null || Array.isArray(fields)) return undefined;
    const written = Object.entries(fields).map(([name, value]): [string, string] => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]);
    return { kind, fields: written };
  } catch {
    return undefined;
  }
}

/** Headers that browsers write themselves and let no page write. */
const reserved =
  /^(?:accept-charset|accept-encoding|access-control-|connection$|content-length$|cookie|date$|dnt$|expect$|host$|keep-alive$|origin$|permissions-policy$|proxy-|referer$|sec-|set-cookie|te$|trailer$|transfer-encoding$|upgrade$|via$)/i;

/** The headers of a request that no page may send; curl does. */
export function unsendable({ headers }: OutsideRequest): string[] {
  return headers.map(([name]) => name).filter((name) => reserved.test(name));
}
