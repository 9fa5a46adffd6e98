// Written by `npm run codegen` from the public schema; do not edit.

export type EntityFilter = {
  kind?: Array<string> | null | undefined;
  namespace?: Array<string> | null | undefined;
  name?: Array<string> | null | undefined;
  type?: Array<string> | null | undefined;
  lifecycle?: Array<string> | null | undefined;
  owner?: Array<string> | null | undefined;
  ownedByViewer?: boolean | null | undefined;
  starredByViewer?: boolean | null | undefined;
  orphan?: boolean | null | undefined;
  tags?: Array<string> | null | undefined;
  ref?: Array<string> | null | undefined;
  fields?: Array<FieldFilter> | null | undefined;
  allOf?: Array<EntityFilter> | null | undefined;
  anyOf?: Array<EntityFilter> | null | undefined;
  not?: EntityFilter | null | undefined;
};

export type EntityOrder = {
  field: string;
  direction?: OrderDirection;
};

export type FieldFilter = {
  field: string;
  in?: Array<string> | null | undefined;
  exists?: boolean | null | undefined;
};

export type OrderDirection = "ASC" | "DESC";

export type PermissionAction = "CREATE" | "READ" | "UPDATE" | "DELETE" | "USE";

export type PluginHealth = "OK" | "DEGRADED" | "UNAVAILABLE";

export type PluginLocation = "IN_PROCESS" | "REMOTE";

export type StarEntityInput = {
  ref: string;
  starred?: boolean;
};
