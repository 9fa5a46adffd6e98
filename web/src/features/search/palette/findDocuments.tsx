import type { SearchContext, SearchHit, SearchHits } from "#kit/feature.ts";
import { paths, targetOf } from "#kit/paths.ts";
import { fetchFor } from "#kit/query.ts";
import { rootField } from "#lib/graphql/request.ts";
import { t } from "../messages.ts";
import { catalogType, ResultIcon } from "../resultIcon.tsx";
import { PaletteDocumentsDocument, type PaletteDocumentsQuery } from "./PaletteDocuments.generated.ts";

/** More than show: entities have lines of their own already. */
const asked = 16;
const shown = 6;

type Found = NonNullable<PaletteDocumentsQuery["search"]>["nodes"][number];

/** Documents for the palette, and the way to all that has the words. */
export async function findDocuments(words: string, context: SearchContext): Promise<SearchHits> {
  const answer = await fetchFor(context, PaletteDocumentsDocument, { text: words, first: asked });
  const found = rootField(answer, "search");
  if (!found || found.totalCount === 0) return { hits: [] };
  const documents = found.nodes.filter(({ type, location }) => type !== catalogType && /^\/(?![/\\])/.test(location));
  const more = { title: t("all", { count: found.totalCount }), target: paths.search({ text: words }) };
  return { hits: documents.slice(0, shown).map(hitOf), more };
}

function hitOf({ type, title, location, entity }: Found): SearchHit {
  return {
    id: location,
    title,
    ...(entity && { detail: entity.displayName }),
    icon: <ResultIcon type={type} reference={entity?.ref} />,
    target: targetOf(location),
  };
}
