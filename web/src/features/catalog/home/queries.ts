import { operation } from "#kit/query.ts";
import type { EntityFilter } from "#lib/graphql/schema.generated.ts";
import {
  HomeAttentionDocument,
  HomeEntitiesDocument,
  HomeKindsDocument,
  HomeRecentDocument,
  HomeStarredDocument,
} from "./HomeWidgets.generated.ts";

const rows = 6;

/** People and groups own themselves, in a way; what one has to look after is the rest. */
export const mine: EntityFilter = { ownedByViewer: true, not: { kind: ["user", "group"] } };

/** What the viewer owns. */
export const homeOwned = () =>
  operation(HomeEntitiesDocument, {
    filter: mine,
    orderBy: [{ field: "metadata.name", direction: "ASC" }],
    first: rows,
  });

/** What the viewer starred. */
export const homeStarred = () => operation(HomeStarredDocument, {});

/** What is wrong in what the viewer owns. */
export const homeAttention = () =>
  operation(HomeAttentionDocument, {
    problems: { ownedByViewer: true },
    owned: mine,
    orphans: { ...mine, orphan: true },
    first: rows,
  });

/** What changed last of what the viewer owns. */
export const homeRecent = () => operation(HomeRecentDocument, { filter: mine, first: rows });

/** What there is, by kind. */
export const homeKinds = () => operation(HomeKindsDocument, {});
