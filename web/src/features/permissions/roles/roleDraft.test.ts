import { expect, test } from "vitest";
import type { RoleFieldsFragment } from "./RoleFields.generated.ts";
import { differenceOf, draftOf, updateInput } from "./roleDraft.ts";

const when = { rule: "IS_ENTITY_KIND", params: { kinds: ["API"] } };
const role: RoleFieldsFragment = {
  name: "crew",
  description: "Who runs the trains",
  owner: null,
  members: ["group:default/crew"],
  everyone: false,
  source: "DATABASE",
  updatedAt: null,
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
  expect(updateInput(role, draft)).toEqual({ name: "crew" });
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
