import { expect, test } from "vitest";
import { surroundingsOf } from "./surroundings.ts";

test("what is asked for around an entity is what its kind is drawn with", () => {
  expect(surroundingsOf("component:default/shop")).toEqual({ direction: "BOTH", depth: 1, limit: 9 });
  expect(surroundingsOf("group:default/web")).toMatchObject({ relations: ["childOf"], kinds: ["group"], depth: 20 });
  expect(surroundingsOf("domain:default/money")).toMatchObject({ relations: ["partOf"], kinds: ["domain", "system"] });
  expect(surroundingsOf("user:default/ada")).toMatchObject({
    direction: "OUTGOING",
    relations: ["memberOf", "childOf"],
  });
  expect(surroundingsOf("system:default/till")).toMatchObject({ depth: 1, kinds: ["component", "api", "resource"] });
});

test("an address that is none is asked for as anything else is", () => {
  expect(surroundingsOf("nonsense")).toMatchObject({ depth: 1 });
});
