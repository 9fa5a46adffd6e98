import { isLoadFailure } from "#kit/failureDetails.ts";
import { type ConfiguredModule, configuredModules } from "#kit/modules/configured.ts";
import { ModuleError } from "#kit/modules/moduleError.ts";
import { noteModule } from "#kit/modules/moduleStates.ts";
import { forgetPlaces, rememberPlaces } from "#kit/modules/rememberedPlaces.ts";
import { readModule } from "./readModule.ts";

/** How long a module may take before those who wait for it are told; it is taken all the same once it comes. */
const patience = 20_000;

/** Loads all modules that the config names, each by itself: none waits for another, or fails with it. */
export function loadModules() {
  // What modules import under its name comes without the styles that it is drawn with; asked for by us, with them.
  const sdk = import("#sdk/sdk.ts");
  for (const module of configuredModules()) void load(module, sdk);
}

async function load(module: ConfiguredModule, sdk: Promise<unknown>) {
  const timer = setTimeout(() => {
    fail(new ModuleError(module.id, "late", `${module.entry} was not there after ${patience / 1000} seconds`));
  }, patience);
  try {
    const [loaded] = await Promise.all([fetchModule(module), sdk]);
    const state = readModule(module, loaded);
    noteModule(module.id, state);
    rememberPlaces(module.id, state.feature);
  } catch (error) {
    fail(error instanceof ModuleError ? error : new ModuleError(module.id, "broken", wordsOf(error), { cause: error }));
  } finally {
    clearTimeout(timer);
  }
}

function fail(error: ModuleError) {
  noteModule(error.module, { status: "failed", error });
  forgetPlaces(error.module);
  // The console is where whoever writes a module looks first.
  reportError(error);
}

async function fetchModule(module: ConfiguredModule): Promise<{ default?: unknown }> {
  const address = new URL(module.entry, window.location.href).href;
  if (module.integrity) await fetchWhole(module, address, module.integrity);
  try {
    return await import(/* @vite-ignore */ address);
  } catch (error) {
    if (isLoadFailure(error))
      throw new ModuleError(module.id, "unreachable", `${address} could not be fetched`, { cause: error });
    throw error;
  }
}

/**
 * Puts the file among those that the page has, if it is the one it must be; `import` then takes it from there, and has no
 * way to ask for as much itself. Nothing of another file is ever run.
 */
function fetchWhole({ id }: ConfiguredModule, address: string, integrity: string): Promise<void> {
  return new Promise((isThere, isNot) => {
    const link = document.createElement("link");
    link.rel = "modulepreload";
    link.crossOrigin = "anonymous";
    link.integrity = integrity;
    link.href = address;
    link.onload = () => isThere();
    link.onerror = () => {
      isNot(new ModuleError(id, "integrity", `${address} could not be fetched, or is not the file of ${integrity}`));
    };
    document.head.append(link);
  });
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
