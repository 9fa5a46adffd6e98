import type { Plugin, Rolldown } from "vite";

/** The plugin that finds out what the first load is, and the groups of modules that become one file each. */
interface Chunks {
  plugin: Plugin;
  groups: Rolldown.CodeSplittingGroup[];
}

/** What so many parts of the portal use comes with the first of them; fewer would make each wait for the others' code. */
const widelyUsed = 6;

/**
 * Few files instead of very many: to a page that waits, a request costs more than some bytes that it does not need
 * yet. What `entry` imports is one file of libraries, which seldom change, and one of our own; what most pages share
 * is one more.
 */
export function chunks(entry: string): Chunks {
  const first = new Set<string>();
  const isLibrary = (id: string) => id.includes("/node_modules/");
  const isOurs = (id: string) => id.includes("/src/");
  return {
    plugin: {
      name: "callboard-chunks",
      apply: "build",
      buildEnd() {
        const waiting = [...this.getModuleIds()].filter((id) => id.endsWith(entry));
        for (const id of waiting) {
          if (first.has(id)) continue;
          first.add(id);
          waiting.push(...(this.getModuleInfo(id)?.importedIds ?? []));
        }
      },
    },
    groups: [
      { name: "libraries", test: (id) => first.has(id) && isLibrary(id), priority: 3 },
      { name: "start", test: (id) => first.has(id) && isOurs(id), priority: 2 },
      {
        name: "parts",
        test: (id) => !first.has(id) && (isOurs(id) || id.includes("/lucide-react/")),
        minShareCount: widelyUsed,
        // What these import may be a page's own.
        includeDependenciesRecursively: false,
        priority: 1,
      },
    ],
  };
}
