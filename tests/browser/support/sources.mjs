// What developers of the front end start: its sources, put together as they are asked for, before a running portal.
import { spawn } from "node:child_process";
import { freePort } from "./server.mjs";

/** Serves the sources in front of the portal at `server`. */
export async function serveSources(server) {
  const port = await freePort();
  const sources = spawn("npx", ["vite", "--host", "127.0.0.1", "--port", String(port), "--strictPort"], {
    cwd: new URL("../../../web", import.meta.url).pathname,
    env: { ...process.env, CALLBOARD_URL: server },
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  await new Promise((ready, failed) => {
    sources.stdout.on("data", (text) => String(text).includes(String(port)) && ready());
    sources.once("exit", () => failed(new Error("the sources are not served")));
  });
  return { address: `http://127.0.0.1:${port}`, stop: () => process.kill(-sources.pid) };
}
