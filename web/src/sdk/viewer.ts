import { useQuery } from "@tanstack/react-query";
import { operation } from "#kit/query.ts";
import { useViewer as useKnownViewer } from "#kit/viewer.ts";
import { SdkPermissionDocument } from "./SdkPermission.generated.ts";

/** Who reads the page. */
interface Viewer {
  ref: string;
  displayName: string;
  isGuest: boolean;
}

/** Who reads the page; null for nobody, undefined until it is known. */
export function useViewer(): Viewer | null | undefined {
  const viewer = useKnownViewer();
  if (!viewer) return viewer;
  const { ref, displayName, isGuest } = viewer;
  return { ref, displayName, isGuest };
}

/**
 * Whether the reader has a permission, on an entity or on anything at all; undefined until it is known. It says what to
 * offer: the server decides again when it is done.
 */
export function usePermission(permission: string, reference?: string): boolean | undefined {
  const { data } = useQuery(operation(SdkPermissionDocument, { permission, resource: reference }));
  return data && (data.data.viewer?.can ?? false);
}
