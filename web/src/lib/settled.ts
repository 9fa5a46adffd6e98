import { useEffect, useRef, useState } from "react";

/**
 * A text once one pauses. The first change after a rest is not waited for, so that a single press of a key is answered
 * at once, and quick typing asks once.
 */
export function useSettled(text: string, pause: number): string {
  const [settled, setSettled] = useState(text);
  const changedAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const now = performance.now();
    const isRested = now - changedAt.current > 4 * pause;
    changedAt.current = now;
    if (isRested) return setSettled(text);
    const timer = setTimeout(() => setSettled(text), pause);
    return () => clearTimeout(timer);
  }, [text, pause]);
  return settled;
}
