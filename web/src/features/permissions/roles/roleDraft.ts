import type { GrantInput, UpdateRoleInput } from "#lib/graphql/schema.generated.ts";
import type { SpokenGrant } from "../grants/words.ts";
import type { RoleFieldsFragment } from "./RoleFields.generated.ts";

/** A grant as it is being edited; its key is the id where it has one. */
export interface GrantDraft extends SpokenGrant {
  key: string;
}

/** A role as it would be. */
export interface RoleDraft {
  name: string;
  description: string;
  owner: string | null;
  everyone: boolean;
  members: string[];
  grants: GrantDraft[];
}

let lastKey = 0;

/** The key of a grant that the server has not seen. */
export function newKey(): string {
  return `new:${++lastKey}`;
}

/** A role as it is, to be edited. */
export function draftOf(role: RoleFieldsFragment): RoleDraft {
  const { name, description, owner, everyone, members, grants } = role;
  return {
    name,
    description: description ?? "",
    owner,
    everyone,
    members: [...members],
    grants: grants.map(({ id, permission, action, effect, when }) => ({ key: id, permission, action, effect, when })),
  };
}

/** What the server is told of a grant. */
export function grantInput({ permission, action, effect, when }: SpokenGrant): GrantInput {
  return { permission, effect, ...(action !== null && { action }), ...(when !== null && { when }) };
}

/** What the server is told to change: only what is different. */
export function updateInput(role: RoleFieldsFragment, draft: RoleDraft): UpdateRoleInput {
  const difference = differenceOf(role, draft);
  const input: UpdateRoleInput = { name: role.name, expectedRevision: role.revision };
  if (difference.name) input.newName = draft.name;
  if (difference.description) input.description = draft.description === "" ? null : draft.description;
  if (difference.owner) input.owner = draft.owner;
  if (difference.everyone) input.everyone = draft.everyone;
  if (difference.joined.length + difference.left.length > 0) input.members = draft.members;
  if (difference.granted.length + difference.revoked.length > 0) input.grants = draft.grants.map(grantInput);
  return input;
}

/** The same changes made to the role as it has become meanwhile; what both changed is as the draft has it. */
export function rebased(draft: RoleDraft, base: RoleFieldsFragment, role: RoleFieldsFragment): RoleDraft {
  const now = draftOf(role);
  const { name, description, owner, everyone, joined, left, granted, revoked } = differenceOf(base, draft);
  const gone = new Set(revoked.map(identity));
  const kept = now.grants.filter((grant) => !gone.has(identity(grant)));
  const there = new Set(kept.map(identity));
  return {
    name: name ? draft.name : now.name,
    description: description ? draft.description : now.description,
    owner: owner ? draft.owner : now.owner,
    everyone: everyone ? draft.everyone : now.everyone,
    members: [...new Set([...now.members.filter((member) => !left.includes(member)), ...joined])],
    grants: [...kept, ...granted.filter((grant) => !there.has(identity(grant))).map(withOwnKey)],
  };

  /** A grant that was edited has the key of the one that it was, which may still be there. */
  function withOwnKey(grant: GrantDraft): GrantDraft {
    return kept.some(({ key }) => key === grant.key) ? { ...grant, key: newKey() } : grant;
  }
}

/** How a draft differs from its role. */
export interface RoleDifference {
  name: boolean;
  description: boolean;
  owner: boolean;
  everyone: boolean;
  joined: string[];
  left: string[];
  granted: GrantDraft[];
  revoked: GrantDraft[];
  count: number;
}

/** How a draft differs from its role; a grant that was edited is revoked and granted. */
export function differenceOf(role: RoleFieldsFragment, draft: RoleDraft): RoleDifference {
  const was = draftOf(role);
  const spoken = (grants: GrantDraft[]) => new Set(grants.map(identity));
  const [before, after] = [spoken(was.grants), spoken(draft.grants)];
  const difference = {
    name: draft.name !== was.name,
    description: draft.description !== was.description,
    owner: draft.owner !== was.owner,
    everyone: draft.everyone !== was.everyone,
    joined: draft.members.filter((member) => !was.members.includes(member)),
    left: was.members.filter((member) => !draft.members.includes(member)),
    granted: draft.grants.filter((grant) => !before.has(identity(grant))),
    revoked: was.grants.filter((grant) => !after.has(identity(grant))),
  };
  const { name, description, owner, everyone, joined, left, granted, revoked } = difference;
  const flags = [name, description, owner, everyone].filter(Boolean).length;
  return { ...difference, count: flags + joined.length + left.length + granted.length + revoked.length };
}

function identity({ permission, action, effect, when }: SpokenGrant): string {
  return JSON.stringify([permission, action, effect, sorted(when ?? null)]);
}

/** The same value with the members of every object in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]));
}
