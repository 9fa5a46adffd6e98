import { expect, test } from "vitest";
import { addressOf, paths } from "./paths.ts";

test("every place has its address", () => {
  const reference = "component:default/petstore";
  const addresses = {
    home: addressOf(paths.home()),
    catalog: addressOf(paths.catalog()),
    narrowed: addressOf(
      paths.catalog({ kind: ["api"], owner: ["group:default/shop"], text: "a & b", after: undefined }),
    ),
    problems: addressOf(paths.catalogProblems()),
    entity: addressOf(paths.entity(reference)),
    tab: addressOf(paths.entity(reference, "relations", { type: "dependsOn" })),
    graphiql: addressOf(paths.graphiql()),
  };
  expect(addresses).toMatchInlineSnapshot(`
    {
      "catalog": "/catalog",
      "entity": "/catalog/default/component/petstore",
      "graphiql": "/graphiql",
      "home": "/",
      "narrowed": "/catalog?kind=api&owner=group:default/shop&text=a%20%26%20b",
      "problems": "/catalog/problems",
      "tab": "/catalog/default/component/petstore/relations?type=dependsOn",
    }
  `);
});

test("a hostile reference stays inside its segment", () => {
  expect(addressOf(paths.entity("../../admin?x=1#y"))).toBe("/catalog/-/-/..%2F..%2Fadmin%3Fx%3D1%23y");
});
