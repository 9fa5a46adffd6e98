import { operation } from "#kit/query.ts";
import type { FieldFilter } from "#lib/graphql/schema.generated.ts";
import { ColocatedDocument, InspectionDocument, WholeEntityDocument } from "./Inspect.generated.ts";

/** As many relations as are written out. */
const mostRelations = 500;

/** As many others as are listed. */
const mostColocated = 50;

/** The server keeps longer values without looking at what is in them. */
const longestValue = 200;

/** What the catalog knows of an entity beside its descriptor. */
export function inspection(ref: string) {
  return operation(InspectionDocument, { ref });
}

/** All of an entity, to be read as text. */
export function wholeEntity(ref: string) {
  return operation(WholeEntityDocument, { ref, first: mostRelations });
}

/** What else came from the same file, and from the same beginning. */
export function colocated({ location, origin }: { location: string; origin: string }) {
  return operation(ColocatedDocument, {
    file: [annotated("managed-by-location", location)],
    origin: [annotated("managed-by-origin-location", origin)],
    first: mostColocated,
  });
}

/** Whether others can be found by where they were read from. */
export function isFindable(location: string): boolean {
  return new TextEncoder().encode(location).length <= longestValue;
}

function annotated(key: string, value: string): FieldFilter {
  return { field: `metadata.annotations.backstage.io/${key}`, in: isFindable(value) ? [value] : [] };
}
