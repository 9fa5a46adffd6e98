// The quick loop: Vite with hot reload in front, the server behind it built and started again when its sources change.
import { spawn } from "node:child_process";
import { watch } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const serve = ["serve", "--config", "demo/callboard.yaml", "--data", "data/demo", "--watch"];
const run = (command, args, cwd = root) => spawn(command, args, { cwd, stdio: "inherit" });

let server = null;
let building = false;
let stale = false;

function build() {
  if (building) {
    stale = true;
    return;
  }
  building = true;
  stale = false;
  run("cargo", ["build"]).on("exit", (code) => {
    building = false;
    if (stale) build();
    else if (code === 0) restart();
  });
}

function restart() {
  const start = () => {
    server = run(join(target, "debug/callboard"), serve);
  };
  if (server === null || server.exitCode !== null || server.signalCode !== null) return start();
  server.once("exit", start);
  server.kill("SIGTERM");
}

let timer = null;
for (const folder of ["api", "migrations", "plugins", "schema", "transport"]) {
  watch(join(root, folder), { recursive: true }, (_event, name) => {
    if (!/\.(rs|toml)$/.test(name ?? "")) return;
    clearTimeout(timer);
    timer = setTimeout(build, 200);
  });
}

const vite = run("npm", ["run", "dev"], join(root, "web"));
build();
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    vite.kill();
    server?.kill("SIGTERM");
    process.exit(0);
  });
}
