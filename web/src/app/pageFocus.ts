import { useRouter } from "@tanstack/react-router";
import { type RefObject, useEffect, useRef } from "react";

const remembered = new Map<string, string>();

/**
 * Keeps the keyboard where its user expects it: on a new page it starts at the content, and going back finds the link
 * that was followed.
 */
export function usePageFocus(): RefObject<HTMLElement | null> {
  const router = useRouter();
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    const forget = router.subscribe("onBeforeNavigate", ({ fromLocation }) => {
      const link = document.activeElement?.closest("a[href]")?.getAttribute("href");
      const entry = fromLocation?.state.__TSR_key;
      if (entry && link) remembered.set(entry, link);
    });
    const unsubscribe = router.subscribe("onRendered", ({ toLocation, pathChanged, fromLocation }) => {
      if (!fromLocation) return;
      const link = remembered.get(toLocation.state.__TSR_key ?? "");
      const origin = link && main.current?.querySelector<HTMLElement>(`a[href="${CSS.escape(link)}"]`);
      if (origin) origin.focus({ preventScroll: true });
      // A change of view leaves the keyboard where it is, unless what it was on is gone.
      else if (pathChanged || document.activeElement === document.body) main.current?.focus({ preventScroll: true });
    });
    return () => {
      forget();
      unsubscribe();
    };
  }, [router]);
  return main;
}
