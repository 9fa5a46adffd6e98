import { useLocation } from "@tanstack/react-router";
import { useEffect, useLayoutEffect, useState } from "react";

/** Where somebody was in a long list. */
interface ScrollPlace {
  /** How far down the page. */
  top: number;
  /** The row that the keyboard was on. */
  row: number | null;
}

const storageKey = "callboard.scrollPlaces";
const most = 50;
const places = new Map<string, ScrollPlace>(read());

/** The places of the visit before this page was loaded anew. */
function read(): [string, ScrollPlace][] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? "[]");
    return Array.isArray(stored) ? stored : [];
  } catch {
    return [];
  }
}

function write() {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify([...places].slice(-most)));
  } catch {
    // Whoever keeps nothing comes back to the start.
  }
}

/**
 * Where one was in a list when one was at this place of the history before. A list is as high as it was only once its
 * length is known, which may be after the page as a whole was put back where it was.
 */
export function useScrollPlace(): { row: number | null; noteRow: (row: number | null) => void } {
  const entry = useLocation({ select: ({ state }) => state.__TSR_key ?? "" });
  const [before] = useState(() => places.get(entry));
  useLayoutEffect(() => {
    if (before && window.scrollY < before.top) window.scrollTo(0, before.top);
  }, [before]);
  useEffect(() => {
    const note = () => void places.set(entry, { row: null, ...places.get(entry), top: window.scrollY });
    window.addEventListener("scroll", note, { passive: true });
    window.addEventListener("pagehide", write);
    return () => {
      window.removeEventListener("scroll", note);
      window.removeEventListener("pagehide", write);
    };
  }, [entry]);
  return {
    row: before?.row ?? null,
    noteRow: (row) => void places.set(entry, { top: window.scrollY, ...places.get(entry), row }),
  };
}
