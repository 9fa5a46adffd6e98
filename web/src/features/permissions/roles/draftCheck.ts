import { Failure } from "#lib/graphql/failure.ts";
import { request } from "#lib/graphql/request.ts";
import type { UpdateRoleInput } from "#lib/graphql/schema.generated.ts";
import type { RoleFieldsFragment } from "./RoleFields.generated.ts";
import { grantInput, type RoleDraft, updateInput } from "./roleDraft.ts";
import { SimulationDocument } from "./Simulation.generated.ts";

/** Throws what the server has against one grant of a draft, with the `field` inside the grant. */
export async function checkGrant(role: RoleFieldsFragment, draft: RoleDraft, key: string) {
  const position = draft.grants.findIndex((grant) => grant.key === key);
  const prefix = `grants.${position}.`;
  const { expectedRevision: _, ...changes } = updateInput(role, draft);
  const failure = await refusalOf({ ...changes, grants: draft.grants.map(grantInput) });
  // What is wrong with another part of the draft is told where that is edited, and when it is saved.
  if (failure?.field && !failure.field.startsWith(prefix)) return;
  if (failure) throw at(failure, failure.field?.slice(prefix.length) ?? null);
}

/** The member of the input that is wrong about a draft's name, description or owner, and why; null for none. */
export async function checkDetails(role: RoleFieldsFragment, draft: RoleDraft): Promise<Failure | null> {
  const { newName, description, owner } = updateInput(role, draft);
  const input: UpdateRoleInput = { name: role.name };
  if (newName !== undefined) input.newName = newName;
  if (description !== undefined) input.description = description;
  if (owner !== undefined) input.owner = owner;
  return refusalOf(input);
}

/** Lets the server look at a change without making it. Who may not look ahead is told when it is saved. */
async function refusalOf(update: UpdateRoleInput): Promise<Failure | null> {
  const { failures } = await request(SimulationDocument, { input: { update: [update] } }).catch((error: unknown) => {
    if (error instanceof Failure) return { failures: [error] };
    throw error;
  });
  const [failure] = failures;
  if (!failure || failure.code === "FORBIDDEN") return null;
  return at(failure, failure.field?.replace(/^input\.(update\.0\.)?/, "") ?? null);
}

function at({ code, message, requestId, path }: Failure, field: string | null): Failure {
  return new Failure(code, message, requestId, path, field);
}
