import type { ModuleDefinition } from "#kit/modules/definition.ts";
import type { IconName } from "#kit/modules/icons.ts";
import type * as Published from "../../sdk/index.js";
import * as ours from "./sdk.ts";

// Compiles only while what `web/sdk` publishes is what the portal has: it takes whatever a module may pass, and gives
// whatever a module is promised.

/** Everything that is promised is there, and is what it is promised to be. */
export const promised: typeof Published = ours;

type Same<One, Other> = [One] extends [Other] ? ([Other] extends [One] ? true : never) : never;

/** Nothing is there that is not promised, and the shapes are the same in both directions. */
export const same: [
  Same<keyof typeof ours, keyof typeof Published>,
  Same<ModuleDefinition, Published.ModuleDefinition>,
  Same<IconName, Published.IconName>,
] = [true, true, true];
