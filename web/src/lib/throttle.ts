import { useEffect, useEffectEvent, useRef } from "react";

/** A function that is run no more often than it should be. */
export interface Throttled {
  /** Runs it now, or as soon as it may run again; however often it is called until then, it runs once. */
  call: () => void;
  /** Forgets a run that is due. */
  cancel: () => void;
}

/** Runs `run` once every so many milliseconds at most. The last call is never lost. */
export function throttled(run: () => void, milliseconds: number): Throttled {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isDue = false;
  const start = () => {
    isDue = false;
    timer = setTimeout(() => {
      timer = undefined;
      if (isDue) start();
    }, milliseconds);
    run();
  };
  return {
    call: () => {
      isDue = true;
      if (timer === undefined) start();
    },
    cancel: () => {
      isDue = false;
    },
  };
}

/** The same for as long as a component is shown. */
export function useThrottled(run: () => void, milliseconds: number): () => void {
  const latest = useEffectEvent(run);
  const pending = useRef<Throttled>(undefined);
  useEffect(() => {
    const made = throttled(() => latest(), milliseconds);
    pending.current = made;
    return made.cancel;
  }, [milliseconds]);
  return () => pending.current?.call();
}
