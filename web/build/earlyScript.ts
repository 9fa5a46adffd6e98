import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

/** Puts `file` into every page as a small blocking script with a hashed name, since the policy forbids inline ones. */
export function earlyScript(file: string): Plugin {
  const name = "early.js";
  let isBuild = false;
  return {
    name: "callboard-early-script",
    configResolved(config) {
      isBuild = config.command === "build";
    },
    buildStart() {
      if (!isBuild) return;
      const source = readFileSync(file, "utf8")
        .replace(/^\s*\/\/.*$/gm, "")
        .replace(/\n\s*/g, "\n")
        .trim();
      this.emitFile({ type: "asset", name, source });
    },
    transformIndexHtml: {
      order: "post",
      handler(_html, { bundle = {} }) {
        const built = Object.values(bundle).find((output) => output.type === "asset" && output.names.includes(name));
        return [{ tag: "script", attrs: { src: `/${built?.fileName ?? file}` }, injectTo: "head-prepend" }];
      },
    },
  };
}
