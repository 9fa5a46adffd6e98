import { useEffect } from "react";
import { configuredModules } from "#kit/modules/configured.ts";

let hasStarted = false;

/** Begins to load the modules of third parties once the frame is painted, for those who see the portal. */
export function useModuleStart(mustSignIn: boolean) {
  useEffect(() => {
    if (mustSignIn || hasStarted || configuredModules().length === 0) return;
    const frame = requestAnimationFrame(() => {
      // After the painting that this frame ends with.
      setTimeout(start);
    });
    return () => cancelAnimationFrame(frame);
  }, [mustSignIn]);
}

function start() {
  if (hasStarted) return;
  hasStarted = true;
  import("#features/modules/load/loadModules.ts").then(({ loadModules }) => loadModules(), reportError);
}
