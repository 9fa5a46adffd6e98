import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { operation } from "#kit/query.ts";
import { ReadTimesDocument } from "./ReadTimes.generated.ts";

/** When the sources of these were read last, by reference; asked for only where that is shown, as it costs a look-up. */
export function useReadTimes(
  entities: readonly { ref: string }[],
  isShown: boolean,
): ReadonlyMap<string, string | null> {
  const { data } = useQuery({
    ...operation(ReadTimesDocument, { refs: entities.map(({ ref }) => ref) }),
    enabled: isShown && entities.length > 0,
    placeholderData: keepPreviousData,
  });
  const found = isShown ? (data?.data.entitiesByRef ?? []) : [];
  return new Map(found.flatMap((entity) => (entity ? [[entity.ref, entity.ingestion.readAt] as const] : [])));
}
