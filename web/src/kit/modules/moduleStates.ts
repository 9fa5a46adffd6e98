import { type ComponentType, useSyncExternalStore } from "react";
import type { Feature } from "../feature.ts";
import { type ConfiguredModule, configuredModules } from "./configured.ts";
import type { ModuleError } from "./moduleError.ts";

/** A page of a module, below the address of the module. */
export interface ModulePage {
  /** Where it is: `/`, or segments of which some may be named, as in `/teams/:team`. */
  path: string;
  title?: (() => string) | undefined;
  text?: (() => string) | undefined;
  component: ComponentType<{ params: Readonly<Record<string, string>> }>;
}

/** A module that is there, with all that it adds. */
export interface ReadyModule {
  status: "ready";
  title: () => string;
  version: string | undefined;
  feature: Feature;
  pages: readonly ModulePage[];
}

/** How it is with a module: on its way, there, or not going to be. */
export type ModuleState = { status: "waiting" } | ReadyModule | { status: "failed"; error: ModuleError };

/** A module with how it is. */
export interface StatedModule {
  module: ConfiguredModule;
  state: ModuleState;
}

const waiting: ModuleState = { status: "waiting" };
const listeners = new Set<() => void>();
let stated: readonly StatedModule[] | undefined;

function current(): readonly StatedModule[] {
  stated ??= configuredModules().map((module) => ({ module, state: waiting }));
  return stated;
}

/** Says how it is with a module. */
export function noteModule(id: string, state: ModuleState) {
  stated = current().map((one) => (one.module.id === id ? { ...one, state } : one));
  for (const listener of listeners) listener();
}

/** All modules, in the order of the config. */
export function useModules(): readonly StatedModule[] {
  return useSyncExternalStore(subscribe, current);
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The module that a part is of, by the id that the part has in the portal: `oncall.shifts` is of `oncall`. */
export function useModuleOf(partId: string | undefined): StatedModule | undefined {
  const id = partId?.split(".")[0];
  return useModules().find(({ module }) => module.id === id);
}
