import type { ConfiguredModule } from "#kit/modules/configured.ts";
import type { ModuleDefinition, ModuleParts } from "#kit/modules/definition.ts";
import { ModuleError } from "#kit/modules/moduleError.ts";
import type { ReadyModule } from "#kit/modules/moduleStates.ts";
import { versionMismatch } from "#kit/modules/sdkVersion.ts";
import { featureOf, pagesOf } from "./adapt.tsx";
import { safeText } from "./guards.tsx";
import { definitionShape, faultsOf, faultsOfParts } from "./shapes.ts";

/** How many faults are told at once. */
const most = 5;

/** What a module that was loaded adds to the portal. Throws a `ModuleError` that says what is wrong with it. */
export function readModule(module: ConfiguredModule, loaded: { default?: unknown }): ReadyModule {
  const { id, entry } = module;
  if (loaded.default === undefined)
    throw new ModuleError(id, "shape", "has no default export; export what `defineModule` gives");
  const definition = loaded.default as ModuleDefinition;
  const mismatch = versionMismatch((definition as Partial<ModuleDefinition> | null)?.sdk);
  // A module for another version may well have another shape.
  if (mismatch !== null) throw new ModuleError(id, "version", mismatch);
  refuse(id, faultsOf(definition, definitionShape));
  const settings = readSettings(module, definition);
  const parts = typeof definition.parts === "function" ? definition.parts({ settings }) : definition.parts;
  refuse(id, faultsOfParts(parts));
  const drawn = { id, entry, settings };
  return {
    status: "ready",
    title: safeText(id, definition.title ?? id, id),
    version: definition.version,
    feature: featureOf(drawn, definition, parts as ModuleParts),
    pages: pagesOf(drawn, definition, parts as ModuleParts),
  };
}

function readSettings({ id, settings }: ConfiguredModule, { readSettings }: ModuleDefinition): unknown {
  try {
    return readSettings ? readSettings(settings) : settings;
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new ModuleError(id, "broken", `does not take its settings of the config: ${words}`, { cause });
  }
}

function refuse(id: string, faults: readonly string[]) {
  if (faults.length === 0) return;
  const rest = faults.length > most ? [`and ${faults.length - most} more`] : [];
  throw new ModuleError(id, "shape", [...faults.slice(0, most), ...rest].join("; "));
}
