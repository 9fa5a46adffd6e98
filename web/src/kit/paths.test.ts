import { expect, test } from "vitest";
import { addressOf, paths, targetOf } from "./paths.ts";

test("every place has its address", () => {
  const reference = "component:default/petstore";
  const addresses = {
    home: addressOf(paths.home()),
    catalog: addressOf(paths.catalog()),
    apis: addressOf(paths.apis()),
    apisNarrowed: addressOf(paths.apis({ type: ["grpc"] })),
    narrowed: addressOf(
      paths.catalog({ kind: ["api"], owner: ["group:default/shop"], text: "a & b", after: undefined }),
    ),
    problems: addressOf(paths.catalogProblems()),
    register: addressOf(paths.registerLocation({ target: "https://git.example.com/a/b.git", type: "git" })),
    locations: addressOf(paths.locations({ failed: true })),
    providers: addressOf(paths.catalogProviders()),
    graph: addressOf(paths.graph({ root: [reference], depth: 2, relation: ["ownedBy", "partOf"] })),
    entity: addressOf(paths.entity(reference)),
    tab: addressOf(paths.entity(reference, "relations", { type: "dependsOn" })),
    signIn: addressOf(paths.signIn("/catalog?kind=api")),
    account: addressOf(paths.account()),
    tokensOfOneself: addressOf(paths.account("tokens")),
    sessions: addressOf(paths.sessions({ subject: "user:default/ada" })),
    tokens: addressOf(paths.tokens()),
    settings: addressOf(paths.settings("appearance")),
    admin: addressOf(paths.admin()),
    roles: addressOf(paths.roles()),
    role: addressOf(paths.role("team leads/eu", { grant: "catalog.entity.read" })),
    roleFiles: addressOf(paths.roleFiles()),
    explain: addressOf(paths.explain({ subject: "user:default/ada", permission: "catalog.entity.read" })),
    audit: addressOf(paths.audit({ outcome: ["DENIED"] })),
    modules: addressOf(paths.modules()),
    moduleHome: addressOf(paths.modulePage("oncall")),
    modulePage: addressOf(paths.modulePage("oncall", "/teams/payments?week=2")),
    graphiql: addressOf(paths.graphiql()),
    graphiqlQuery: addressOf(paths.graphiql("{ viewer { ref } }", { first: 5 })),
  };
  expect(addresses).toMatchInlineSnapshot(`
    {
      "account": "/account",
      "admin": "/admin",
      "apis": "/apis",
      "apisNarrowed": "/apis?type=grpc",
      "audit": "/admin/audit?outcome=DENIED",
      "catalog": "/catalog",
      "entity": "/catalog/default/component/petstore",
      "explain": "/admin/explain?subject=user:default/ada&permission=catalog.entity.read",
      "graph": "/catalog-graph?root=component:default/petstore&depth=2&relation=ownedBy&relation=partOf",
      "graphiql": "/graphiql",
      "graphiqlQuery": "/graphiql?query=%7B%20viewer%20%7B%20ref%20%7D%20%7D&variables=%7B%22first%22:5%7D",
      "home": "/",
      "locations": "/catalog/locations?failed=true",
      "moduleHome": "/x/oncall",
      "modulePage": "/x/oncall/teams/payments?week=2",
      "modules": "/admin/modules",
      "narrowed": "/catalog?kind=api&owner=group:default/shop&text=a%20%26%20b",
      "problems": "/catalog/problems",
      "providers": "/catalog/providers",
      "register": "/catalog/register?target=https://git.example.com/a/b.git&type=git",
      "role": "/admin/roles/team%20leads%2Feu?grant=catalog.entity.read",
      "roleFiles": "/admin/role-files",
      "roles": "/admin/roles",
      "sessions": "/admin/sessions?subject=user:default/ada",
      "settings": "/settings/appearance",
      "signIn": "/sign-in?returnTo=/catalog%3Fkind%3Dapi",
      "tab": "/catalog/default/component/petstore/relations?type=dependsOn",
      "tokens": "/admin/tokens",
      "tokensOfOneself": "/account/tokens",
    }
  `);
});

test("a hostile reference stays inside its segment", () => {
  expect(addressOf(paths.entity("../../admin?x=1#y"))).toBe("/catalog/-/-/..%2F..%2Fadmin%3Fx%3D1%23y");
});

test("an address that somebody else wrote is read as it is written", () => {
  for (const address of ["/", "/x/oncall", "/catalog?kind=api&kind=group&text=a%20b"]) {
    expect(addressOf(targetOf(address))).toBe(address);
  }
});
