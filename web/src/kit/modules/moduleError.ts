/** What kept a module from being there. */
export type ModuleFault = "unreachable" | "integrity" | "broken" | "shape" | "version" | "late";

/** Why a module is not there, in words for whoever looks after it. */
export class ModuleError extends Error {
  constructor(
    readonly module: string,
    readonly fault: ModuleFault,
    /** The same without the name of the module. */
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super(`module ${module}: ${detail}`, options);
    this.name = "ModuleError";
  }
}
