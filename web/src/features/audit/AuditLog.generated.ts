// Written by `npm run codegen` from the public schema; do not edit.
import type { AuditFilter, AuditOutcome } from "#lib/graphql/schema.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type AuditLogQueryVariables = {
  filter?: AuditFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
};

export type AuditLogQuery = {
  auditEvents: {
    totalCount: number;
    pageInfo: {
      hasNextPage: boolean;
      endCursor: string | null;
    };
    nodes: Array<AuditRowFragment>;
  } | null;
};

export const AuditLogDocument = "query AuditLog($filter:AuditFilter$first:Int$after:String){auditEvents(filter:$filter first:$first after:$after){totalCount pageInfo{hasNextPage endCursor}nodes{...AuditRow}}} fragment AuditRow on AuditEvent{id at action outcome actor access address userAgent requestId target message changes{path before after}}" as TypedDocument<AuditLogQuery, AuditLogQueryVariables>;

export type AuditActionsQueryVariables = Record<string, never>;

export type AuditActionsQuery = {
  auditActions: Array<string> | null;
};

export const AuditActionsDocument = "query AuditActions{auditActions}" as TypedDocument<AuditActionsQuery, AuditActionsQueryVariables>;

export type AuditRowFragment = {
  id: string;
  at: string;
  action: string;
  outcome: AuditOutcome;
  actor: string | null;
  access: string;
  address: string | null;
  userAgent: string | null;
  requestId: string | null;
  target: string | null;
  message: string | null;
  changes: Array<{
    path: string;
    before: unknown | null;
    after: unknown | null;
  }>;
};
