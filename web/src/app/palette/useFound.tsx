import { type QueryClient, useQueries, useQueryClient } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import { type Feature, type OfPlugin, partsOf, type SearchHits, type SearchProvider } from "#kit/feature.ts";
import { isGranted, useGranted } from "#kit/permissions.ts";
import { sentence } from "#lib/graphql/failure.ts";
import { fitness, wordsOf } from "#lib/matching.ts";
import type { PaletteGroup, PaletteItem } from "./items.ts";
import { t } from "./messages.ts";
import type { PaletteText } from "./paletteText.ts";

/** What was found stays good for as long as one tries other words and comes back. */
const freshness = 60_000;

/** What the features find, a group each. What is on its way shows what was found before, as far as it still fits. */
export function useFound(
  features: readonly Feature[],
  { mode, words }: PaletteText,
  typed: string,
): { groups: PaletteGroup[]; isSearching: boolean } {
  const granted = useGranted();
  const queries = useQueryClient();
  const providers = partsOf(features, "search").filter(
    ({ prefix, permissions }) => (prefix ?? "all") === mode && isGranted(permissions, granted),
  );
  const isAsked = mode !== "all" || words !== "";
  const results = useQueries({
    queries: providers.map((provider) => ({
      queryKey: ["Palette", provider.plugin, provider.id, words],
      queryFn: (context: Parameters<SearchProvider["find"]>[1]) => provider.find(words, context),
      enabled: isAsked,
      staleTime: freshness,
      retry: false,
      placeholderData: () => foundBefore(queries, provider, words),
    })),
  });
  const groups = providers.map((provider, position) => {
    const { data, error, isPlaceholderData } = results[position] ?? {};
    const title = titleOf(provider);
    const fits = wordsOf(typed);
    const hits = isAsked ? (data?.hits ?? []) : [];
    const shown = isPlaceholderData ? hits.filter((hit) => fitness(fits, hit.title, hit.detail) !== null) : hits;
    // It leads to what the words find that it was made for.
    const more = isAsked && !isPlaceholderData && words === typed ? data?.more : undefined;
    return {
      id: `${provider.plugin}.${provider.id}`,
      title,
      items: [
        ...shown.map(({ id, target, ...hit }): PaletteItem => ({ ...hit, id, act: { target } })),
        ...(more ? [moreItem(`${provider.plugin}.${provider.id}.more`, more)] : []),
      ],
      failure: isAsked && error ? t("failed", { what: title, reason: sentence(error) }) : undefined,
    };
  });
  return { groups, isSearching: isAsked && results.some(({ isFetching }) => isFetching) };
}

/** What the longest beginning of the words has found that was looked for. */
function foundBefore(queries: QueryClient, { plugin, id }: OfPlugin<SearchProvider>, words: string) {
  for (let length = words.length - 1; length > 0; length--) {
    const found = queries.getQueryData<SearchHits>(["Palette", plugin, id, words.slice(0, length).trim()]);
    if (found) return found;
  }
  return undefined;
}

function moreItem(id: string, { title, target }: NonNullable<SearchHits["more"]>): PaletteItem {
  return { id, title, icon: <ArrowRight size={14} aria-hidden />, act: { target } };
}

function titleOf({ title, id }: OfPlugin<SearchProvider>): string {
  try {
    return title();
  } catch {
    return id;
  }
}
