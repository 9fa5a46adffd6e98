import type { ReactNode } from "react";
import { Waiting } from "#ui/Waiting.tsx";
import { ModuleFailure } from "./ModuleFailure.tsx";
import { useModuleOf } from "./moduleStates.ts";

interface AwaitedPartProps {
  /** The id that the part has in the portal. */
  id: string;
  isSmall?: boolean;
  /** Where no module would have it. */
  children: ReactNode;
}

/** In place of a part that is not there: it may be of a module that is on its way, or of one that failed. */
export function AwaitedPart({ id, isSmall = false, children }: AwaitedPartProps) {
  const of = useModuleOf(id);
  switch (of?.state.status) {
    case "waiting":
      return <Waiting />;
    case "failed":
      return <ModuleFailure error={of.state.error} isSmall={isSmall} />;
    default:
      return children;
  }
}
