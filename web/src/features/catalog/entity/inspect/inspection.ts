import { useLocation, useRouter, useSearch } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useRef } from "react";
import { copyText } from "#lib/clipboard.ts";
import { toast } from "#ui/toasts.ts";
import { t } from "./messages.ts";
import { type InspectPart, readInspectPart } from "./parts.ts";

/** The entity whose page is open, for the commands of the palette. */
interface Shown {
  reference: string;
  inspect: (part: InspectPart) => void;
}

let shown: Shown | null = null;

/** The entity whose page is open; null on any other page. */
export function shownEntity(): Shown | null {
  return shown;
}

/** What of an entity is inspected, as the address says, and how to inspect something else of it, or no more. */
export function useInspection(reference: string) {
  const router = useRouter();
  const { pathname } = useLocation();
  const { inspect, ...rest } = useSearch({ strict: false }) as Record<string, unknown>;
  const part = readInspectPart(inspect);
  // Opened here, the page without it is one step back.
  const wasOpened = useRef(false);
  const go = (to: InspectPart | undefined, isReplacing: boolean) =>
    void router.navigate({
      to: pathname,
      search: to ? { ...rest, inspect: to } : rest,
      replace: isReplacing,
      resetScroll: false,
    });
  const open = (to: InspectPart) => {
    if (part === null) wasOpened.current = true;
    go(to, part !== null);
  };
  const close = () => {
    if (!wasOpened.current) return go(undefined, true);
    wasOpened.current = false;
    router.history.back();
  };
  const openFromElsewhere = useEffectEvent(open);
  useEffect(() => {
    const own = { reference, inspect: (to: InspectPart) => openFromElsewhere(to) };
    shown = own;
    return () => {
      if (shown === own) shown = null;
    };
  }, [reference]);
  return { part, open, close };
}

/** Puts the reference of an entity on the clipboard. */
export async function copyReference(reference: string) {
  const isCopied = await copyText(reference);
  toast(isCopied ? t("copied", { reference }) : t("notCopied"), isCopied ? "ok" : "danger");
}
