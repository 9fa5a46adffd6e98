import { useNavigate as useRouterNavigate } from "@tanstack/react-router";
import { use, useCallback, useMemo } from "react";
import type { ModuleEntity } from "#kit/modules/definition.ts";
import { EntityContext, useDrawnModule } from "#kit/modules/moduleContext.ts";
import { addressOf, paths, targetOf } from "#kit/paths.ts";
import { useSetting as useKeptSetting } from "#kit/settings/useSetting.ts";
import { useLanguage as useSpokenLanguage } from "#lib/i18n/language.ts";

/** The module whose component asks. */
interface Module<Settings> {
  id: string;
  /** What its `readSettings` made of what the config says. */
  settings: Settings;
  /** The address of a page of it. */
  page: (path?: string) => string;
  /** The address of a file beside its entry, as `style.css`. */
  file: (path: string) => string;
}

/** The module whose component asks: what the config says to it, and its addresses. */
export function useModule<Settings = unknown>(): Module<Settings> {
  const module = useDrawnModule();
  return useMemo(
    () => ({
      id: module.id,
      settings: module.settings as Settings,
      page: (path = "/") => addressOf(paths.modulePage(module.id, path)),
      file: (path) => new URL(path, new URL(module.entry, window.location.href)).href,
    }),
    [module],
  );
}

/** The entity of the tab or card that asks. */
export function useEntity(): ModuleEntity {
  const entity = use(EntityContext);
  if (!entity) throw new Error("useEntity: there is an entity only in a tab or a card of one");
  return entity;
}

/** Leads to an address in the portal. */
export function useNavigate(): (address: string) => void {
  const navigate = useRouterNavigate();
  return useCallback((address) => void navigate(targetOf(address)), [navigate]);
}

/** What the reader sets for themselves, kept with their account; in the browser for guests. Null until it is set. */
export function useSetting<Value>(key: string): {
  value: Value | null;
  isKnown: boolean;
  set: (value: Value | null) => void;
} {
  const { id } = useDrawnModule();
  const setting = useMemo(
    () => ({ key: `modules.${id}.${key}`, read: (stored: unknown) => stored as Value | null }),
    [id, key],
  );
  const { value, isKnown, change } = useKeptSetting(setting);
  return { value, isKnown, set: (next) => change(() => next) };
}

/** The language that the portal speaks, as `de`. */
export function useLanguage(): string {
  return useSpokenLanguage().language;
}

/** How the reader writes numbers and dates, as `de-AT`: for `Intl`. */
export function useLocale(): string {
  return useSpokenLanguage().locale;
}
