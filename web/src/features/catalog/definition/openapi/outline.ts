import { at, entriesAt, isRecord, type Json, listAt, record, textAt, textsAt } from "../json/access.ts";
import { resolve } from "../json/reference.ts";
import type { Outline, OutlineGroup, OutlineItem } from "../outline.ts";
import { ReadingError } from "../reading/problem.ts";

/** The methods that a path may have, in the order they are listed. */
export const methods = ["get", "post", "put", "patch", "delete", "head", "options", "trace", "query"] as const;

/** More than any API has; what is beyond is not listed. */
const most = 20_000;

/** What an OpenAPI document of version 2 or 3 holds. */
export function openApiOutline(document: Json): Outline {
  const version = textAt(document, "openapi") ?? textAt(document, "swagger");
  if (!version || !/^[23](\.|$)/.test(version)) {
    throw new ReadingError({ reason: "version", ...(version && { detail: version }) });
  }
  const title = textAt(document, "info", "title");
  const apiVersion = textAt(document, "info", "version");
  const webhooks = operationsIn(document, "webhooks");
  return {
    ...(title && { title }),
    ...(apiVersion && { version: apiVersion }),
    groups: [
      ...grouped(document, operationsIn(document, "paths")),
      ...(webhooks.length > 0 ? [{ section: "webhooks" as const, items: webhooks.map(({ item }) => item) }] : []),
      ...schemas(document),
    ],
  };
}

/** Where the schemas of a document are. */
export function schemasOf(document: unknown): [string, unknown][] {
  return [...entriesAt(document, "components", "schemas"), ...entriesAt(document, "definitions")];
}

/** The id of a schema in the address. */
function schemaId(name: string): string {
  return `schema ${name}`;
}

interface Found {
  item: OutlineItem;
  tag: string | undefined;
}

function operationsIn(document: Json, section: "paths" | "webhooks"): Found[] {
  const found: Found[] = [];
  for (const [path, written] of entriesAt(document, section)) {
    const pathItem = resolve(document, written).value;
    for (const method of methods) {
      const operation = at(pathItem, method);
      if (!isRecord(operation) || found.length >= most) continue;
      const badge = method.toUpperCase();
      const hint = textAt(operation, "summary") ?? textAt(operation, "operationId");
      found.push({
        item: {
          id: section === "paths" ? `${badge} ${path}` : `webhook ${badge} ${path}`,
          label: path,
          badge,
          ...(hint && { hint }),
          ...(operation.deprecated === true && { isDeprecated: true }),
        },
        tag: textsAt(operation, "tags")[0],
      });
    }
  }
  return found;
}

/** By their first tag, in the order the document declares tags; those without one last. */
function grouped(document: Json, operations: Found[]): OutlineGroup[] {
  const byTag = new Map<string | undefined, OutlineItem[]>();
  for (const tag of listAt(document, "tags")) {
    const name = textAt(tag, "name");
    if (name) byTag.set(name, []);
  }
  for (const { item, tag } of operations) {
    const items = byTag.get(tag) ?? [];
    byTag.set(tag, items);
    items.push(item);
  }
  const untagged = byTag.get(undefined) ?? [];
  byTag.delete(undefined);
  return [
    ...[...byTag].map(([title, items]): OutlineGroup => ({ title: title ?? "", items })),
    { section: "operations" as const, items: untagged },
  ].filter(({ items }) => items.length > 0);
}

function schemas(document: Json): OutlineGroup[] {
  const items = schemasOf(document)
    .slice(0, most)
    .map(([name, schema]): OutlineItem => {
      const hint = textAt(schema, "title");
      const isDeprecated = record(schema).deprecated === true;
      return { id: schemaId(name), label: name, ...(hint && { hint }), ...(isDeprecated && { isDeprecated }) };
    });
  return items.length > 0 ? [{ section: "schemas", items }] : [];
}
