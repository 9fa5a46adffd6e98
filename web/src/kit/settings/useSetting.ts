import { type QueryClient, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo } from "react";
import { reason } from "#lib/graphql/failure.ts";
import { toast } from "#ui/toasts.ts";
import { t } from "./messages.ts";
import {
  awaitWrites,
  browserKey,
  changeKept,
  fetchSetting,
  type Kept,
  keepSettingLater,
  type Setting,
  withUnsent,
} from "./settingStore.ts";

function settingQuery(key: string) {
  return queryOptions({
    queryKey: ["Setting", { key }] as const,
    queryFn: async (): Promise<Kept> => {
      // What is being kept is not what was kept before.
      await awaitWrites(key);
      return fetchSetting(key);
    },
    staleTime: 60_000,
  });
}

/** A setting, and what changes it. */
export interface SettingState<Value> {
  /** As it is; as nothing was kept until that is known. */
  value: Value;
  isKnown: boolean;
  keptIn: Kept["keptIn"] | undefined;
  error: unknown;
  change: (next: (value: Value) => Value) => void;
}

/** What the reader set, kept with their account so that it follows them to another browser. */
export function useSetting<Value>(setting: Setting<Value>): SettingState<Value> {
  const { data, error } = useQuery(settingQuery(setting.key));
  const stored = data?.stored ?? null;
  const value = useMemo(() => setting.read(stored), [setting, stored]);
  const change = useChange(setting);
  const queries = useQueryClient();
  const name = data?.keptIn === "browser" ? browserKey(data.owner, setting.key) : null;
  useEffect(() => {
    if (name === null) return;
    // What was set in another tab is set here, too.
    const follow = ({ key }: StorageEvent) => {
      if (key === name) void queries.invalidateQueries({ queryKey: settingQuery(setting.key).queryKey });
    };
    window.addEventListener("storage", follow);
    return () => window.removeEventListener("storage", follow);
  }, [name, queries, setting.key]);
  return { value, isKnown: data !== undefined, keptIn: data?.keptIn, error, change };
}

/** Changes a setting: at once on the page, and back where it could not be kept. */
export function useChange<Value>(setting: Setting<Value>): (next: (value: Value) => Value) => void {
  const queries = useQueryClient();
  return useCallback((next) => void changeSetting(queries, setting, next), [queries, setting]);
}

async function changeSetting<Value>(queries: QueryClient, setting: Setting<Value>, next: (value: Value) => Value) {
  const { queryKey } = settingQuery(setting.key);
  const report = (error: unknown) => {
    // What changes by itself is nobody's act.
    if (setting.pause === undefined) toast(t("failed", { reason: reason(error) }), "danger");
  };
  const known = queries.getQueryData(queryKey) ?? (await queries.fetchQuery(settingQuery(setting.key)).catch(report));
  if (!known) return;
  const cached = queries.getQueryData(queryKey) ?? known;
  const before = setting.pause === undefined ? cached : withUnsent(setting.key, cached);
  const value = setting.read(before.stored);
  const stored = next(value);
  if (stored === value) return;
  void queries.cancelQueries({ queryKey }, { revert: false, silent: true });
  // What is shown shares parts with what was shown: only what is given back can be known again.
  const shown = queries.setQueryData(queryKey, { ...before, stored });
  if (setting.pause !== undefined) return keepSettingLater(setting.key, before, stored, setting.pause);
  // Unless it was changed again meanwhile, what is kept is what holds.
  const show = (kept: Kept) => queries.getQueryData(queryKey) === shown && queries.setQueryData(queryKey, kept);
  await changeKept(setting, before, next).then(show, (error: unknown) => {
    report(error);
    show(before);
    void queries.invalidateQueries({ queryKey });
  });
}
