import type { WholeEntityQuery } from "./Inspect.generated.ts";

type Whole = NonNullable<WholeEntityQuery["entity"]>;

/** An entity in the shape in which tools hand entities to one another. */
export function wholeShape({ apiVersion, kind, metadata, uid, etag, spec, status, relations }: Whole) {
  const written = typeof metadata === "object" && metadata !== null ? metadata : {};
  const items = status.map(({ type, level, message, error }) => ({
    type,
    level,
    message,
    ...(error ? { error } : {}),
  }));
  return {
    apiVersion,
    kind,
    metadata: { ...written, uid, etag },
    spec,
    ...(items.length > 0 && { status: { items } }),
    relations: relations.nodes,
  };
}

/** The name of a file that holds an entity. */
export function fileName(reference: string, extension: string): string {
  return `${reference.replace(/[^a-z0-9._-]+/gi, "-")}.${extension}`;
}
