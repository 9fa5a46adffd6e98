import type { CatalogRowFragment } from "./CatalogList.generated.ts";
import { CatalogTable } from "./CatalogTable.tsx";
import type { CatalogSearch } from "./catalogSearch.ts";
import { walkRows } from "./rowFocus.ts";
import { usePageSelection } from "./selection/usePageSelection.ts";
import type { Selection } from "./selection/useSelection.ts";

interface PageTableProps {
  entities: readonly CatalogRowFragment[];
  search: CatalogSearch;
  selection: Selection;
  isStale: boolean;
  isFaded: boolean;
}

/** One page of a list. */
export function PageTable({ entities, selection, ...rest }: PageTableProps) {
  return (
    <CatalogTable
      {...rest}
      entities={entities}
      known={entities}
      selection={usePageSelection(selection, entities)}
      body={{ onKeyDown: walkRows }}
    />
  );
}
