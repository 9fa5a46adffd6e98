import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { operation } from "../query.ts";
import type { EntityChipFragment } from "./EntityChip.generated.ts";
import { EntityNamesDocument } from "./EntityNames.generated.ts";

const most = 200;

/** What entities are called, by their references; those that are not there, or not yet fetched, are missing. */
export function useEntityNames(refs: readonly string[]): ReadonlyMap<string, EntityChipFragment> {
  const asked = [...new Set(refs)].sort().slice(0, most);
  const { data } = useQuery({
    ...operation(EntityNamesDocument, { refs: asked }),
    enabled: asked.length > 0,
    placeholderData: keepPreviousData,
  });
  const found = data?.data.entitiesByRef?.flatMap((entity) => entity ?? []) ?? [];
  return new Map(found.map((entity) => [entity.ref, entity]));
}
