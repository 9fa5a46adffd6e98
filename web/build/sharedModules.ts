import { createRequire } from "node:module";
import type { HtmlTagDescriptor, Plugin } from "vite";

const require = createRequire(import.meta.url);

/** What modules of third parties share with the portal under the names that they import: one React, one set of parts. */
const sharedNames = ["react", "react/jsx-runtime", "react-dom", "@callboard/sdk"] as const;

type SharedName = (typeof sharedNames)[number];

const prefix = "\0callboard-shared/";

/**
 * Lets a module of a third party write `import { useState } from "react"`, without a build or with those names left out
 * of one: `page` gets an import map to files that export all that the packages have. Nothing of it is fetched before a
 * module asks for it, and what the portal uses itself is not fetched twice.
 */
export function sharedModules(page: string, sdk: string): Plugin {
  let isBuild = false;
  const sourceOf = (name: SharedName) =>
    name === "@callboard/sdk" ? `export * from ${JSON.stringify(sdk)};` : facade(name);
  return {
    name: "callboard-shared-modules",
    configResolved(config) {
      isBuild = config.command === "build";
    },
    buildStart() {
      if (!isBuild) return;
      for (const name of sharedNames) {
        const file = `shared-${name.replaceAll(/\W+/g, "-").replace(/^-/, "")}`;
        this.emitFile({ type: "chunk", id: prefix + name, name: file, preserveSignature: "strict" });
      }
    },
    resolveId: (id) => (id.startsWith(prefix) ? id : undefined),
    load: (id) => (id.startsWith(prefix) ? sourceOf(id.slice(prefix.length) as SharedName) : undefined),
    transformIndexHtml: {
      order: "post",
      handler(_html, { bundle, path }): HtmlTagDescriptor[] {
        if (!path.endsWith(page)) return [];
        const addressOf = (name: SharedName): string => {
          // The server of the sources has virtual files under this address.
          if (!bundle) return `/@id/__x00__${prefix.slice(1)}${name}`;
          const chunk = Object.values(bundle).find(
            (output) => output.type === "chunk" && output.facadeModuleId === prefix + name,
          );
          if (!chunk) throw new Error(`nothing was built that gives ${name} to modules of third parties`);
          return `/${chunk.fileName}`;
        };
        const imports = Object.fromEntries(sharedNames.map((name) => [name, addressOf(name)]));
        const attrs = { type: "importmap" };
        return [{ tag: "script", attrs, children: JSON.stringify({ imports }), injectTo: "head-prepend" }];
      },
    },
  };
}

/** A module that exports by name what a package of the old kind has, which alone would be one default export. */
function facade(name: string): string {
  const names = Object.keys(require(name)).filter((one) => one !== "default" && /^[A-Za-z_$][\w$]*$/.test(one));
  return [
    `import whole from ${JSON.stringify(name)};`,
    `export const { ${names.join(", ")} } = whole;`,
    "export default whole;",
  ].join("\n");
}
