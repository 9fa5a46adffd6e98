import type { TypedDocument } from "#lib/graphql/document.ts";
import { request, rootField } from "#lib/graphql/request.ts";
import { type CatalogSearch, filterOf, orderOf } from "../list/catalogSearch.ts";
import {
  CatalogDescriptorsDocument,
  CatalogExportDocument,
  type CatalogExportQueryVariables,
  type ExportDescriptorFragment,
  type ExportRowFragment,
} from "./CatalogExport.generated.ts";

const rowsPerStep = 200;

/** How far one is. */
export interface Progress {
  done: number;
  count: number;
}

/** What to take along: a list, or some of its rows. */
export interface Wanted {
  search: CatalogSearch;
  refs?: readonly string[] | undefined;
}

type Collect<Node> = (wanted: Wanted, signal: AbortSignal, onProgress: (progress: Progress) => void) => Promise<Node[]>;

/** What a table says of every entity of a list, on whatever page one is. */
export const collectRows: Collect<ExportRowFragment> = (...list) => collect(CatalogExportDocument, ...list);

/** What the descriptor of every entity of a list says. */
export const collectDescriptors: Collect<ExportDescriptorFragment> = (...list) =>
  collect(CatalogDescriptorsDocument, ...list);

interface Page<Node> {
  entities: {
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
    nodes: Node[];
  } | null;
}

async function collect<Node>(
  document: TypedDocument<Page<Node>, CatalogExportQueryVariables>,
  { search, refs }: Wanted,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<Node[]> {
  const filter = refs ? { ref: [...refs] } : filterOf(search);
  const variables = { filter, text: search.text, orderBy: orderOf(search), first: rowsPerStep };
  const nodes: Node[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const answer = await request(document, { ...variables, after }, signal);
    const entities = rootField(answer, "entities");
    // A file that lacks something without saying so is worse than none.
    if (answer.failures[0]) throw answer.failures[0];
    if (!entities) break;
    nodes.push(...entities.nodes);
    onProgress({ done: nodes.length, count: entities.totalCount });
    after = entities.pageInfo.hasNextPage ? entities.pageInfo.endCursor : null;
  }
  return nodes;
}
