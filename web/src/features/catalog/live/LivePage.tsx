import type { RefObject } from "react";
import type { CatalogSearch } from "../list/catalogSearch.ts";
import { LiveChangesPill } from "./LiveChangesPill.tsx";
import { useLiveList } from "./liveList.ts";

/** Keeps a page of the catalog as it is, and offers what would move its rows. */
export function LivePage({ search, table }: { search: CatalogSearch; table: RefObject<HTMLElement | null> }) {
  return <LiveChangesPill changes={useLiveList(search, table)} />;
}
