import { operation } from "#kit/query.ts";
import { AuditActionsDocument, AuditLogDocument } from "./AuditLog.generated.ts";
import { type AuditSearch, filterOf } from "./auditSearch.ts";

const eventsPerPage = 50;

/** One page of the log. */
export function auditLog(search: AuditSearch) {
  return operation(AuditLogDocument, {
    filter: filterOf(search, new Date()),
    first: eventsPerPage,
    after: search.after,
  });
}

/** The actions that occur in the log. */
export function auditActions() {
  return operation(AuditActionsDocument, {});
}
