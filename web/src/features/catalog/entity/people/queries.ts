import { operation } from "#kit/query.ts";
import { GroupMembersDocument, OwnedTogetherDocument } from "./People.generated.ts";

/** The members of a group, or of all groups below it as well. */
export function groupMembers(ref: string, isTransitive: boolean, first: number) {
  return operation(GroupMembersDocument, { ref, isTransitive, first });
}

/** What any of these own. */
export function ownedTogether(owners: readonly string[]) {
  return operation(OwnedTogetherDocument, { owners: [...owners] });
}
