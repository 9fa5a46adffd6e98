// Programs that run beside the portal, as operators would start them.
import { spawn } from "node:child_process";

/** Starts a program of Node that prints its address once it is there. */
export async function startProgram(file, { env = {}, packages = false } = {}) {
  const hooks = packages ? ["--import", new URL("packagesOfTests.mjs", import.meta.url).href] : [];
  const program = spawn(process.execPath, [...hooks, file], { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  program.stderr.on("data", (text) => (said += text));
  const ended = new Promise((exit) => program.once("exit", exit));
  const address = await new Promise((ready, failed) => {
    program.stdout.on("data", (text) => {
      const [found] = /http:\/\/[\d.]+:\d+/.exec(String(text)) ?? [];
      if (found) ready(found);
    });
    ended.then(() => failed(new Error(`${file} did not start:\n${said}`)));
  });
  return {
    address,
    stop: () => {
      program.kill();
      return ended;
    },
  };
}

/** Runs a program to its end. */
export async function runProgram(command, parameters, options) {
  const program = spawn(command, parameters, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [program.stdout, program.stderr]) stream.on("data", (text) => (said += text));
  const code = await new Promise((exit) => program.once("exit", exit));
  if (code !== 0) throw new Error(`${command} ended with ${code}:\n${said}`);
}
