// A portal with the modules of `examples/modules`, each with what it needs beside the portal.
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runProgram, startProgram } from "./programs.mjs";
import { startProvider } from "./provider.mjs";
import { freePort, startPortal } from "./server.mjs";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const examples = join(root, "examples/modules");

/** What the other company demands, and the portal's server alone knows. */
export const secret = "token-of-the-status-service";

const descriptors = `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: booking-service, title: Booking }
spec: { type: service, lifecycle: production, owner: user:default/ada }
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: sms-gateway
  title: SMS gateway
  annotations: { status.example.org/service: sms-gateway }
spec: { type: service, lifecycle: production, owner: user:default/ada }
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: forgotten
  annotations: { status.example.org/service: forgotten }
spec: { type: service, lifecycle: production, owner: user:default/ada }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: ada }
spec: { profile: { displayName: Ada L., email: ada@example.com }, memberOf: [] }
`;

/** Starts one, where guests may read and Ada may do anything; `modules` are added to those of the examples. */
export async function startExamples({ modules = [] } = {}) {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const folder = await mkdtemp(join(tmpdir(), "callboard-examples-"));
  await copyFile(join(examples, "incidents/service/incidents.json"), join(folder, "incidents.json"));
  await runProgram(join(root, "web/node_modules/.bin/vite"), ["build", "--outDir", join(folder, "status")], {
    cwd: join(examples, "status"),
  });
  const incidents = await startProgram(join(examples, "incidents/service/server.mjs"), {
    env: { PORT: "0", PORTAL: address, INCIDENTS: join(folder, "incidents.json") },
    packages: true,
  });
  const status = await startProgram(join(examples, "status/stand-in.mjs"), { env: { PORT: "0", STATUS_TOKEN: secret } });
  const provider = await startProvider({ portal: address });
  const portal = await startPortal({
    port,
    files: { "entities.yaml": descriptors },
    config: {
      app: {
        modules: [
          {
            id: "clock",
            folder: join(examples, "clock"),
            settings: {
              places: [
                { name: "Lisbon", zone: "Europe/Lisbon" },
                { name: "Vienna", zone: "Europe/Vienna" },
                { name: "Istanbul", zone: "Europe/Istanbul" },
              ],
            },
          },
          { id: "incident-board", folder: join(examples, "incidents/module") },
          { id: "status", folder: join(folder, "status"), settings: { page: "https://status.example.org" } },
          ...modules,
        ],
      },
      plugins: { remote: [{ id: "incidents", url: incidents.address, timeout: "2s" }] },
      proxy: {
        endpoints: {
          status: {
            target: `${status.address}/api`,
            headers: { Authorization: `Bearer ${secret}` },
            paths: ["/v1/services/*"],
          },
        },
      },
      auth: {
        guest: { enabled: true },
        providers: {
          acme: {
            type: "oidc",
            title: "Acme",
            issuer: provider.issuer,
            clientId: provider.client.client_id,
            clientSecret: provider.client.client_secret,
            signIn: { resolvers: [{ resolver: "emailMatchingUserEntityProfileEmail" }] },
          },
        },
      },
      permission: {
        roles: [
          {
            name: "reader",
            members: ["*"],
            grants: [{ permission: "catalog.entity.read" }, { permission: "proxy.endpoint.read" }],
          },
          { name: "admins", members: ["user:default/ada"], grants: [{ permission: "*" }] },
        ],
      },
    },
  });
  return {
    address,
    incidents,
    status,
    stop: async () => {
      await portal.stop();
      await Promise.all([incidents.stop(), status.stop(), provider.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
