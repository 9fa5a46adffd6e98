import { useEffect, useState } from "react";

/** True once `isActive` has held for a while; what answers sooner shows no loading state at all. */
export function useDelayed(isActive: boolean, milliseconds = 150): boolean {
  const [isDue, setIsDue] = useState(false);
  useEffect(() => {
    if (!isActive) return;
    const timer = setTimeout(() => setIsDue(true), milliseconds);
    return () => {
      clearTimeout(timer);
      setIsDue(false);
    };
  }, [isActive, milliseconds]);
  return isActive && isDue;
}
