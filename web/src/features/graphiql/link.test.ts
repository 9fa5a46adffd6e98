import { expect, test } from "vitest";
import { readLink } from "./link.ts";

const link = (query: string, variables = "") => `?${new URLSearchParams({ query, variables })}`;

test("what a page sends on one line is set out", () => {
  const query =
    "query EntityPage($ref:EntityRef!){entity(ref:$ref){...Header}}fragment Header on Entity{ref displayName}";
  expect(readLink(link(query, '{"ref":"a"}'))).toEqual({
    query: `query EntityPage($ref: EntityRef!) {
  entity(ref: $ref) {
    ...Header
  }
}

fragment Header on Entity {
  ref
  displayName
}
`,
    variables: '{\n  "ref": "a"\n}',
  });
});

test("what somebody wrote stays as it is", () => {
  expect(readLink(link("{\n  a  }"))).toEqual({ query: "{\n  a  }" });
  expect(readLink(link("query One($ref: EntityRef!) { entity(ref: $ref) { ref } }", "{ not json"))).toEqual({
    query: "query One($ref: EntityRef!) { entity(ref: $ref) { ref } }",
    variables: "{ not json",
  });
  expect(readLink(link(`{ ${"broken ".repeat(30)}`)).query).toContain("broken");
  expect(readLink("")).toEqual({});
});
