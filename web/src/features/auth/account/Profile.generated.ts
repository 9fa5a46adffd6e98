// Written by `npm run codegen` from the public schema; do not edit.
import type { EntityChipFragment } from "#kit/entity/EntityChip.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";
import type { ViewerAccess } from "#lib/graphql/schema.generated.ts";

export type ProfileQueryVariables = Record<string, never>;

export type ProfileQuery = {
  viewer: {
    ref: string;
    displayName: string;
    isGuest: boolean;
    access: ViewerAccess;
    ownershipRefs: Array<string>;
    entity: EntityChipFragment | null;
  } | null;
};

export const ProfileDocument = "query Profile{viewer{ref displayName isGuest access ownershipRefs entity{...EntityChip}}} fragment EntityChip on Entity{ref kind displayName}" as TypedDocument<ProfileQuery, ProfileQueryVariables>;
