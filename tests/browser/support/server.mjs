// A portal of its own for tests whose config the demo does not have.
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const binary = resolve(process.env.CALLBOARD_BIN ?? "target/debug/callboard");

/** A port that nobody listens on. */
export async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Starts a portal with this config and these descriptors on a port. */
export async function startPortal({ port, config, files = {} }) {
  const folder = await mkdtemp(join(tmpdir(), "callboard-"));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const locations = Object.keys(files).map((name) => ({ type: "file", target: `./${name}` }));
  const rules = [{ allow: ["Component", "System", "Group", "User"] }];
  const whole = { backend: { data: "./data" }, catalog: { locations, rules }, ...config };
  await writeFile(join(folder, "callboard.yaml"), JSON.stringify(whole));
  const server = spawn(binary, ["serve", "--config", join(folder, "callboard.yaml"), "--listen", `127.0.0.1:${port}`], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  server.stderr.on("data", (text) => (log += text));
  const ended = new Promise((exit) => server.once("exit", exit));
  await new Promise((ready, failed) => {
    server.stdout.on("data", (text) => String(text).includes("Callboard is at") && ready());
    ended.then(() => failed(new Error(`the portal did not start:\n${log}`)));
  });
  return {
    address: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
