import { moduleList } from "#lib/page.ts";

/** A module of a third party, as the config names it. */
export interface ConfiguredModule {
  id: string;
  /** The address of its file. */
  entry: string;
  /** What its file must be, to be taken for it. */
  integrity?: string;
  /** What the config says to it. */
  settings: unknown;
}

let known: readonly ConfiguredModule[] | undefined;

/** The modules that the config names, in its order. */
export function configuredModules(): readonly ConfiguredModule[] {
  known ??= read();
  return known;
}

function read(): ConfiguredModule[] {
  try {
    return readModuleList(moduleList());
  } catch (error) {
    // A page that somebody has tampered with still is a portal.
    reportError(error);
    return [];
  }
}

/** The modules of the list that the page comes with. */
export function readModuleList(list: unknown): ConfiguredModule[] {
  if (!Array.isArray(list)) throw new Error("the page's list of modules is no list");
  return list.map((one: unknown, position) => {
    const { id, entry, integrity, settings } = (one ?? {}) as Record<string, unknown>;
    if (typeof id !== "string" || typeof entry !== "string") {
      throw new Error(`module ${position} of the page's list has no id or no entry`);
    }
    return { id, entry, settings: settings ?? {}, ...(typeof integrity === "string" && { integrity }) };
  });
}
