import type { ModuleDefinition } from "#kit/modules/definition.ts";

/** Says what a module is, and lets the compiler check it; a module exports what this gives, as its default. */
export function defineModule<Settings = unknown>(definition: ModuleDefinition<Settings>): ModuleDefinition<Settings> {
  return definition;
}
