// A portal with the demo catalog where nobody is a guest: an admin, and somebody without any role, come in by a token.
import { resolve } from "node:path";
import { test } from "node:test";
import { freePort, startPortal } from "./server.mjs";

/** The token of the admin. */
export const admin = "maren-runs-the-portal";

/** The token of somebody who has no role. */
export const reader = "aiko-looks-around";

const kinds = ["Component", "API", "Resource", "System", "Domain", "Group", "User", "Location", "Template", "AiResource"];

const portal = await startPortal({
  port: await freePort(),
  config: {
    app: { title: "Lantern" },
    auth: {
      providers: {
        github: {
          clientId: "nobody-signs-in-here",
          clientSecret: "nobody-signs-in-here",
          signIn: { resolvers: [{ resolver: "userIdMatchingUserEntityAnnotation" }] },
        },
      },
      tokens: [
        { token: admin, subject: "user:default/maren.dahl" },
        { token: reader, subject: "user:default/aiko.tanaka" },
      ],
    },
    permission: {
      roles: [{ name: "admins", members: ["user:default/maren.dahl"], grants: [{ permission: "*" }] }],
    },
    catalog: {
      locations: [{ type: "file", target: resolve("demo/catalog/all.yaml") }],
      rules: [{ allow: kinds }],
    },
  },
});
test.after(() => portal.stop());

/** Where it is. */
export const adminBase = portal.address;
