import { operation } from "#kit/query.ts";
import { type Answer, rootField } from "#lib/graphql/request.ts";
import type { SimulateRolesInput } from "#lib/graphql/schema.generated.ts";
import { ExplanationDocument } from "./explain/Explanation.generated.ts";
import { PermissionNamesDocument } from "./explain/PermissionNames.generated.ts";
import { RoleExportDocument, RoleImportRightsDocument } from "./files/RoleFiles.generated.ts";
import { VocabularyDocument, type VocabularyQuery } from "./grants/Vocabulary.generated.ts";
import { RoleListDocument } from "./roles/RoleList.generated.ts";
import { RolePageDocument } from "./roles/RolePage.generated.ts";
import { SimulationDocument } from "./roles/Simulation.generated.ts";

const rolesPerPage = 100;

/** One page of the roles. */
export function roleList(after: string | undefined) {
  return operation(RoleListDocument, { first: rolesPerPage, after });
}

/** One role. */
export function rolePage(name: string) {
  return operation(RolePageDocument, { name });
}

/** What grants are made of: the permissions and the rules of conditions. */
export function vocabulary() {
  return {
    ...operation(VocabularyDocument, {}),
    staleTime: 300_000,
    // That a part of it is missing does not say that there is none.
    select: (answer: Answer<VocabularyQuery>) => ({
      permissions: rootField(answer, "permissions") ?? [],
      rules: rootField(answer, "conditionRules") ?? [],
    }),
  };
}

/** The permissions there are, for those who may not see roles either. */
export function permissionNames() {
  return { ...operation(PermissionNamesDocument, {}), staleTime: 300_000 };
}

/** Who would gain and lose what; never an answer of before. */
export function simulation(input: SimulateRolesInput) {
  return { ...operation(SimulationDocument, { input }), staleTime: 0, gcTime: 0, retry: false };
}

/** Why somebody may do something, or may not. */
export function explanation(subject: string, permission: string, resource: string | undefined) {
  return { ...operation(ExplanationDocument, { input: { subject, permission, resource } }), retry: false };
}

/** Whether the viewer may import roles. */
export function roleImportRights() {
  return operation(RoleImportRightsDocument, {});
}

/** The roles as files. */
export function roleExport() {
  return { ...operation(RoleExportDocument, {}), staleTime: 0 };
}
