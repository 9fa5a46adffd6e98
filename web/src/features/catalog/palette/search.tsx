import { Hash } from "lucide-react";
import type { EntityChipFragment } from "#kit/entity/EntityChip.generated.ts";
import { KindIcon } from "#kit/entity/KindIcon.tsx";
import type { SearchContext, SearchHit, SearchHits, SearchProvider } from "#kit/feature.ts";
import { paths } from "#kit/paths.ts";
import { fetchFor, operation } from "#kit/query.ts";
import { rootField } from "#lib/graphql/request.ts";
import { fitting, wordsOf } from "#lib/matching.ts";
import { t } from "./messages.ts";
import { PalettePeopleDocument, PaletteSearchDocument, PaletteTagsDocument } from "./PaletteSearch.generated.ts";

/** More than show: of what the server found, by name, the best are chosen. */
const asked = 30;
const shown = 8;
const kinds = ["group", "user"];

/** What the catalog finds for the palette: entities, people and teams alone, and tags. */
export const catalogSearch: SearchProvider[] = [
  { id: "entities", title: () => t("entities"), find: findEntities },
  { id: "people", title: () => t("people"), prefix: "@", find: findPeople },
  { id: "tags", title: () => t("tags"), prefix: "#", find: findTags },
];

async function findEntities(words: string, context: SearchContext): Promise<SearchHits> {
  const answer = await fetchFor(context, PaletteSearchDocument, { text: words, name: [words], first: asked });
  const found = rootField(answer, "found");
  const entities = [...(answer.data.named?.nodes ?? []), ...(found?.nodes ?? [])];
  return hitsOf(entities, words, found?.totalCount ?? 0, { text: words });
}

async function findPeople(words: string, context: SearchContext): Promise<SearchHits> {
  const text = words === "" ? undefined : words;
  const answer = await fetchFor(context, PalettePeopleDocument, { text, first: asked });
  const found = rootField(answer, "entities");
  return hitsOf(found?.nodes ?? [], words, found?.totalCount ?? 0, { kind: kinds, text });
}

/** All tags are fetched once; what is typed chooses among them. */
async function findTags(words: string, { client }: SearchContext): Promise<SearchHits> {
  const answer = await client.fetchQuery({ ...operation(PaletteTagsDocument, {}), staleTime: 60_000 });
  const values = rootField(answer, "entities")?.facets[0]?.values ?? [];
  const found = fitting(values, wordsOf(words), ({ value }) => ({ title: value }));
  const hits = found.slice(0, 2 * shown).map(({ value, count }) => ({
    id: `tag.${value}`,
    title: value,
    detail: t("allTagged", { count }),
    icon: <Hash size={14} aria-hidden />,
    target: paths.catalog({ tag: [value] }),
  }));
  return { hits };
}

function hitsOf(entities: readonly EntityChipFragment[], words: string, total: number, search: object): SearchHits {
  const known = new Map(entities.map((entity) => [entity.ref, entity]));
  const all = [...known.values()];
  // The server also finds what has the words in its tags or its description alone.
  const better = fitting(all, wordsOf(words), ({ displayName, ref }) => ({ title: displayName, more: ref }));
  const best = [...new Set([...better, ...all])].slice(0, shown);
  const hits = best.map(hitOf);
  if (total <= hits.length) return { hits };
  return { hits, more: { title: t("all", { count: total }), target: paths.catalog(search) } };
}

function hitOf({ ref, kind, displayName }: EntityChipFragment): SearchHit {
  return { id: ref, title: displayName, detail: ref, icon: <KindIcon kind={kind} />, target: paths.entity(ref) };
}
