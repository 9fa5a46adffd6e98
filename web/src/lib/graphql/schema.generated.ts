// Written by `npm run codegen` from the public schema; do not edit.

export type AccessRemedyKind = "REVOKE_GRANT" | "ASSIGN_ROLE" | "GRANT_PERMISSION" | "CREATE_ROLE" | "CREATE_TOKEN";

export type AssignRoleInput = {
  role: string;
  members: Array<string>;
  expectedRevision?: string | null | undefined;
};

export type AuditFilter = {
  actor?: Array<string> | null | undefined;
  action?: Array<string> | null | undefined;
  outcome?: Array<AuditOutcome> | null | undefined;
  target?: string | null | undefined;
  address?: string | null | undefined;
  since?: string | null | undefined;
  until?: string | null | undefined;
};

export type AuditOutcome = "SUCCEEDED" | "DENIED" | "FAILED";

export type CreateAccessTokenInput = {
  name: string;
  subject?: string | null | undefined;
  permissions?: Array<string> | null | undefined;
  expiresIn?: string | null | undefined;
};

export type CreateRoleInput = {
  name: string;
  description?: string | null | undefined;
  members: Array<string>;
  everyone?: boolean;
  owner?: string | null | undefined;
};

export type Decision = "ALLOW" | "DENY" | "CONDITIONAL";

export type DeleteEntityInput = {
  ref: string;
};

export type DeleteRoleInput = {
  name: string;
  expectedRevision?: string | null | undefined;
};

export type DisconnectAccountInput = {
  provider: string;
};

export type DocumentAction = "CREATE" | "UPDATE" | "UNCHANGED" | "CONFLICT" | "REFUSED";

export type Effect = "ALLOW" | "DENY";

export type EntityChangeKind = "CREATED" | "UPDATED" | "DELETED" | "RESET";

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

export type ExplainAccessInput = {
  subject: string;
  permission: string;
  resource?: string | null | undefined;
};

export type FieldFilter = {
  field: string;
  in?: Array<string> | null | undefined;
  exists?: boolean | null | undefined;
};

export type GrantInput = {
  permission: string;
  action?: PermissionAction | null | undefined;
  effect?: Effect;
  when?: unknown | null | undefined;
};

export type GrantPermissionInput = {
  role: string;
  permission: string;
  action?: PermissionAction | null | undefined;
  effect?: Effect;
  when?: unknown | null | undefined;
  expectedRevision?: string | null | undefined;
};

export type GrantVerdict = "DECIDES" | "CONTRIBUTES" | "OVERRIDDEN" | "CONDITION_FAILS" | "NOT_HELD";

export type GraphDirection = "OUTGOING" | "INCOMING" | "BOTH";

export type HighlightField = "TITLE" | "TEXT";

export type ImportRolesInput = {
  csv?: string | null | undefined;
  conditions?: string | null | undefined;
  dryRun?: boolean;
};

export type ImportSource = "CSV" | "CONDITIONS";

export type IngestionProblemKind = "CONFLICT" | "ERROR" | "STALE";

export type LocationOrigin = "CONFIG" | "REGISTERED" | "PROVIDER";

export type LocationState = "PENDING" | "READING" | "OK" | "FAILED";

export type OrderDirection = "ASC" | "DESC";

export type PermissionAction = "CREATE" | "READ" | "UPDATE" | "DELETE" | "USE";

export type PluginHealth = "OK" | "DEGRADED" | "UNAVAILABLE";

export type PluginLocation = "IN_PROCESS" | "REMOTE";

export type ProposedFieldState = "FOUND" | "NEEDS_INPUT";

export type RebuildSearchIndexInput = {
  reason?: string | null | undefined;
};

export type RefreshEntityInput = {
  ref: string;
};

export type RefreshLocationInput = {
  id: string;
};

export type RefreshProviderInput = {
  id: string;
};

export type RegisterLocationInput = {
  type?: string;
  target: string;
  dryRun?: boolean;
};

export type RevokeAccessTokenInput = {
  id: string;
};

export type RevokePermissionInput = {
  role: string;
  grant?: string | null | undefined;
  permission?: string | null | undefined;
  effect?: Effect | null | undefined;
  expectedRevision?: string | null | undefined;
};

export type RevokeSessionInput = {
  id: string;
};

export type RevokeSessionsOfInput = {
  subject: string;
  exceptCurrent?: boolean;
};

export type RoleSource = "CONFIG" | "DATABASE";

export type SimulatedRoleInput = {
  name: string;
  members: Array<string>;
  everyone?: boolean;
  grants: Array<GrantInput>;
};

export type SimulateRolesInput = {
  create?: Array<SimulatedRoleInput> | null | undefined;
  update?: Array<UpdateRoleInput> | null | undefined;
  delete?: Array<string> | null | undefined;
};

export type StarEntityInput = {
  ref: string;
  starred?: boolean;
};

export type UnassignRoleInput = {
  role: string;
  members: Array<string>;
  expectedRevision?: string | null | undefined;
};

export type UnprocessedFilter = {
  kind?: IngestionProblemKind | null | undefined;
  ownedByViewer?: boolean | null | undefined;
  text?: string | null | undefined;
};

export type UnregisterLocationInput = {
  id: string;
};

export type UpdateLocationInput = {
  id: string;
  type?: string | null | undefined;
  target: string;
};

export type UpdateRoleInput = {
  name: string;
  newName?: string | null | undefined;
  description?: string | null | undefined;
  owner?: string | null | undefined;
  members?: Array<string> | null | undefined;
  everyone?: boolean | null | undefined;
  grants?: Array<GrantInput> | null | undefined;
  expectedRevision?: string | null | undefined;
};

export type UpdateViewerSettingsInput = {
  key: string;
  value?: unknown | null | undefined;
};

export type ViewerAccess = "SESSION" | "TOKEN" | "GUEST" | "EXTERNAL" | "STATIC_TOKEN";
