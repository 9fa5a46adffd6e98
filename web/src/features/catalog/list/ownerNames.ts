import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseEntityRef, shortName } from "#lib/entityRef.ts";
import { ownerNames } from "./queries.ts";

/** The server gives no facet more values than this, and names no more entities at once. */
const most = 1000;

/** Names entities by their references. */
export interface Names {
  /** What an entity is called; its name as far as no more is known. */
  nameOf: (reference: string) => string;
  /** Whether the answer is still to come. */
  isPending: boolean;
}

/** What owners are called. */
export function useOwnerNames(references: string[]): Names {
  const known = references.map((reference) => reference.toLowerCase()).filter(parseEntityRef);
  const refs = [...new Set(known)].slice(0, most).sort();
  const { data, isPending, fetchStatus } = useQuery({
    ...ownerNames(refs),
    enabled: refs.length > 0,
    placeholderData: keepPreviousData,
    select: ({ data }) =>
      new Map(data.entitiesByRef?.flatMap((owner) => (owner ? [[owner.ref, owner.displayName]] : []))),
  });
  return {
    nameOf: (reference) => data?.get(reference.toLowerCase()) ?? shortName(reference),
    isPending: isPending && fetchStatus === "fetching",
  };
}
