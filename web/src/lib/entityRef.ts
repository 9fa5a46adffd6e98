/** An entity's address in its three parts, lower-cased. */
export interface EntityRefParts {
  kind: string;
  namespace: string;
  name: string;
}

/** Splits `kind:namespace/name` as the server prints it; null if it is anything else. */
export function parseEntityRef(text: string): EntityRefParts | null {
  const [, kind, namespace, name] = /^([^:/]+):([^:/]+)\/([^:/]+)$/.exec(text) ?? [];
  return kind && namespace && name ? { kind, namespace, name } : null;
}

/** The one text of an address. */
export function formatEntityRef({ kind, namespace, name }: EntityRefParts): string {
  return `${kind}:${namespace}/${name}`.toLowerCase();
}

/** The shortest text that still tells entities of one kind apart: `name`, or `namespace/name`. */
export function shortName(text: string): string {
  const parts = parseEntityRef(text);
  if (!parts) return text;
  return parts.namespace === "default" ? parts.name : `${parts.namespace}/${parts.name}`;
}
