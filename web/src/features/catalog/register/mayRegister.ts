import { useGranted } from "#kit/permissions.ts";

/** Whether the viewer may have further locations read. */
export function useMayRegister(): boolean {
  const granted = useGranted();
  return Boolean(granted?.has("catalog.location.create") && granted.has("catalog.entity.create"));
}
