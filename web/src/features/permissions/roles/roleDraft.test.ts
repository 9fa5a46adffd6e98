import { expect, test } from "vitest";
import type { RoleFieldsFragment } from "./RoleFields.generated.ts";
import { differenceOf, draftOf, rebased, updateInput } from "./roleDraft.ts";

const when = { rule: "IS_ENTITY_KIND", params: { kinds: ["API"] } };
const role: RoleFieldsFragment = {
  name: "crew",
  description: "Who runs the trains",
  owner: null,
  members: ["group:default/crew"],
  everyone: false,
  source: "DATABASE",
  revision: "1",
  viewerCanUpdate: true,
  viewerCanDelete: true,
  grants: [
    {
      id: "1",
      permission: "catalog.entity.read",
      action: null,
      effect: "ALLOW",
      when,
      permissions: ["catalog.entity.read"],
    },
  ],
};

test("a draft that was not touched changes nothing", () => {
  const draft = draftOf(role);
  expect(differenceOf(role, draft).count).toBe(0);
  expect(updateInput(role, draft)).toEqual({ name: "crew", expectedRevision: "1" });
});

test("only what is different is sent", () => {
  const draft = {
    ...draftOf(role),
    name: "staff",
    description: "",
    members: ["group:default/crew", "user:default/ada"],
  };
  expect(updateInput(role, draft)).toEqual({
    name: "crew",
    expectedRevision: "1",
    newName: "staff",
    description: null,
    members: ["group:default/crew", "user:default/ada"],
  });
  expect(differenceOf(role, draft).joined).toEqual(["user:default/ada"]);
  expect(differenceOf(role, draft).count).toBe(3);
});

test("a grant that says the same is the same, however it is written", () => {
  const rewritten = { params: { kinds: ["API"] }, rule: "IS_ENTITY_KIND" };
  const draft = draftOf(role);
  draft.grants = draft.grants.map((grant) => ({ ...grant, key: "new:1", when: rewritten }));
  expect(differenceOf(role, draft).count).toBe(0);
});

test("an edited grant is one that goes and one that comes, and all are sent", () => {
  const draft = draftOf(role);
  draft.grants = draft.grants.map((grant) => ({ ...grant, when: null }));
  const { granted, revoked } = differenceOf(role, draft);
  expect([granted.length, revoked.length]).toEqual([1, 1]);
  expect(updateInput(role, draft).grants).toEqual([{ permission: "catalog.entity.read", effect: "ALLOW" }]);
});

test("changes are put on top of what others did meanwhile, and undo none of it", () => {
  const theirs: RoleFieldsFragment = {
    ...role,
    revision: "2",
    description: "Theirs",
    members: ["user:default/bob"],
    grants: [...role.grants.map((grant) => ({ ...grant, id: "2", permission: "catalog.*", when: null }))],
  };
  const mine = { ...draftOf(role), name: "staff", members: ["group:default/crew", "user:default/ada"] };
  const draft = rebased(mine, role, theirs);
  expect(draft.description).toBe("Theirs");
  const { name, joined, left, granted, revoked, count } = differenceOf(theirs, draft);
  expect({ name, joined, left, granted, revoked, count }).toEqual({
    name: true,
    joined: ["user:default/ada"],
    left: [],
    granted: [],
    revoked: [],
    count: 2,
  });
});

test("what both did is no change any more, and a grant that both edited is there in both forms", () => {
  const mine = draftOf(role);
  mine.members = [...mine.members, "user:default/ada"];
  mine.grants = mine.grants.map((grant) => ({ ...grant, when: null }));
  const same = { ...role, revision: "2", members: [...mine.members] };
  same.grants = role.grants.map((grant) => ({ ...grant, when: null }));
  expect(differenceOf(same, rebased(mine, role, same)).count).toBe(0);
  const other = { ...role, revision: "2", grants: role.grants.map((one) => ({ ...one, effect: "DENY" as const })) };
  const draft = rebased(mine, role, other);
  expect(draft.grants.map(({ effect, when }) => [effect, when])).toEqual([
    ["DENY", when],
    ["ALLOW", null],
  ]);
  expect(new Set(draft.grants.map(({ key }) => key)).size).toBe(2);
});
