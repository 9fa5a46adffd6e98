import { useEffect, useEffectEvent, useState } from "react";

/**
 * What stands in a field, which follows a text that is kept elsewhere, as in the address, and which that text follows
 * once one stops typing.
 */
export function useTypedText(
  kept: string | undefined,
  onChange: (text: string) => void,
  pause: number,
): [typed: string, setTyped: (text: string) => void] {
  const [typed, setTyped] = useState(kept ?? "");
  const [shown, setShown] = useState(kept);
  if (shown !== kept) {
    setShown(kept);
    if ((kept ?? "") !== typed.trim()) setTyped(kept ?? "");
  }
  const apply = useEffectEvent((text: string) => {
    if (text !== (kept ?? "")) onChange(text);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a pause that changes is none that one waits for
  useEffect(() => {
    const timer = setTimeout(() => apply(typed.trim()), pause);
    return () => clearTimeout(timer);
  }, [typed]);
  return [typed, setTyped];
}
