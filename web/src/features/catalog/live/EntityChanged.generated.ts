// Written by `npm run codegen` from the public schema; do not edit.
import type { EntityChangeKind, EntityFilter } from "#lib/graphql/schema.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type EntityChangedSubscriptionVariables = {
  filter?: EntityFilter | null | undefined;
};

export type EntityChangedSubscription = {
  entityChanged: {
    kind: EntityChangeKind;
    ref: string | null;
  };
};

export const EntityChangedDocument = "subscription EntityChanged($filter:EntityFilter){entityChanged(filter:$filter){kind ref}}" as TypedDocument<EntityChangedSubscription, EntityChangedSubscriptionVariables>;
