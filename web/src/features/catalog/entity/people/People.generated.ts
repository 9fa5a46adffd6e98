// Written by `npm run codegen` from the public schema; do not edit.
import type { EntityChipFragment } from "#kit/entity/EntityChip.generated.ts";
import type { TypedDocument } from "#lib/graphql/document.ts";

export type GroupPeopleFragment = {
  members?: MembersFragment;
  everybody?: {
    totalCount: number;
  };
  owned?: OwnedKindsFragment;
  ownedComponents?: OwnedTypesFragment;
  ownedApis?: OwnedTypesFragment;
  ownedResources?: OwnedTypesFragment;
  ownedTemplates?: OwnedTypesFragment;
  ownedAiResources?: OwnedTypesFragment;
};

export type GroupMembersQueryVariables = {
  ref: string;
  isTransitive: boolean;
  first: number;
};

export type GroupMembersQuery = {
  entity: {
    members?: MembersFragment;
  } | null;
};

export const GroupMembersDocument = "query GroupMembers($ref:EntityRef!$isTransitive:Boolean!$first:Int!){entity(ref:$ref){...on Group{members(transitive:$isTransitive first:$first){...Members}}}} fragment Members on EntityConnection{totalCount nodes{...EntityChip description ...on User{profile{email}}}} fragment EntityChip on Entity{ref kind displayName}" as TypedDocument<GroupMembersQuery, GroupMembersQueryVariables>;

export type OwnedTogetherQueryVariables = {
  owners: Array<string>;
};

export type OwnedTogetherQuery = {
  owned: OwnedKindsFragment | null;
  ownedComponents: OwnedTypesFragment | null;
  ownedApis: OwnedTypesFragment | null;
  ownedResources: OwnedTypesFragment | null;
  ownedTemplates: OwnedTypesFragment | null;
  ownedAiResources: OwnedTypesFragment | null;
};

export const OwnedTogetherDocument = "query OwnedTogether($owners:[EntityRef!]!){owned:entities(filter:{owner:$owners}first:0){...OwnedKinds}ownedComponents:entities(filter:{owner:$owners kind:[\"component\"]}first:0){...OwnedTypes}ownedApis:entities(filter:{owner:$owners kind:[\"api\"]}first:0){...OwnedTypes}ownedResources:entities(filter:{owner:$owners kind:[\"resource\"]}first:0){...OwnedTypes}ownedTemplates:entities(filter:{owner:$owners kind:[\"template\"]}first:0){...OwnedTypes}ownedAiResources:entities(filter:{owner:$owners kind:[\"airesource\"]}first:0){...OwnedTypes}} fragment OwnedKinds on EntityConnection{totalCount facets(fields:[\"kind\"]){values{value count}}} fragment OwnedTypes on EntityConnection{facets(fields:[\"spec.type\"]){values{value count}}}" as TypedDocument<OwnedTogetherQuery, OwnedTogetherQueryVariables>;

export type MembersFragment = {
  totalCount: number;
  nodes: Array<EntityChipFragment & {
    description: string | null;
    profile?: {
      email: string | null;
    } | null;
  }>;
};

export type OwnedKindsFragment = {
  totalCount: number;
  facets: Array<{
    values: Array<{
      value: string;
      count: number;
    }>;
  }>;
};

export type OwnedTypesFragment = {
  facets: Array<{
    values: Array<{
      value: string;
      count: number;
    }>;
  }>;
};
