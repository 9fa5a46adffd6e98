import { createContext, use } from "react";
import type { ModuleEntity } from "./definition.ts";

/** The module that is being drawn. */
export interface DrawnModule {
  id: string;
  /** What it reads of what the config says to it. */
  settings: unknown;
  /** The address of its file, which others of its files are beside. */
  entry: string;
}

/** Around all that a module draws. */
export const ModuleContext = createContext<DrawnModule | null>(null);

/** Around what a module draws of an entity. */
export const EntityContext = createContext<ModuleEntity | null>(null);

/** The module whose component asks. */
export function useDrawnModule(): DrawnModule {
  const module = use(ModuleContext);
  if (!module) throw new Error("only what a module draws has a module");
  return module;
}
