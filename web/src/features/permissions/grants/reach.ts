import type { PermissionAction } from "#lib/graphql/schema.generated.ts";

/** What is known of a permission. */
export interface KnownPermission {
  name: string;
  action: PermissionAction;
  resourceType: string | null;
}

/** The permissions that a grant reaches today. */
export function reachOf<Permission extends KnownPermission>(
  target: { permission: string; action: PermissionAction | null },
  permissions: readonly Permission[],
): Permission[] {
  const { permission, action } = target;
  if (action !== null) return permissions.filter((one) => one.resourceType === permission && one.action === action);
  const pattern = new RegExp(`^${permission.split("*").map(escaped).join(".*")}$`);
  return permissions.filter(({ name }) => pattern.test(name));
}

/** The types of resources that a grant's condition can be about; all of them where it reaches nothing yet. */
export function resourceTypesOf(
  target: { permission: string; action: PermissionAction | null },
  permissions: readonly KnownPermission[],
): string[] {
  if (target.action !== null) return [target.permission];
  const reached = reachOf(target, permissions);
  const types = (reached.length === 0 ? permissions : reached).flatMap(({ resourceType }) => resourceType ?? []);
  return [...new Set(types)].sort();
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
