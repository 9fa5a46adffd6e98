// Written by `npm run codegen` from the public schema; do not edit.
import type { RoleSource } from "#lib/graphql/schema.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type RoleListQueryVariables = {
  first?: number | null | undefined;
  after?: string | null | undefined;
};

export type RoleListQuery = {
  roles: {
    totalCount: number;
    pageInfo: {
      hasNextPage: boolean;
      endCursor: string | null;
    };
    nodes: Array<{
      name: string;
      description: string | null;
      owner: string | null;
      members: Array<string>;
      everyone: boolean;
      source: RoleSource;
      grants: Array<{
        id: string;
      }>;
    }>;
  } | null;
};

export const RoleListDocument = "query RoleList($first:Int$after:String){roles(first:$first after:$after){totalCount pageInfo{hasNextPage endCursor}nodes{name description owner members everyone source grants{id}}}}" as TypedDocument<RoleListQuery, RoleListQueryVariables>;
