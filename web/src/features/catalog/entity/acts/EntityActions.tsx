import { useNavigate } from "@tanstack/react-router";
import { Ellipsis, FolderX, RefreshCw, Trash2 } from "lucide-react";
import { useState } from "react";
import { paths } from "#kit/paths.ts";
import { MenuItem } from "#ui/MenuItem.tsx";
import { Popover } from "#ui/Popover.tsx";
import { UnregisterDialog } from "../../locations/UnregisterDialog.tsx";
import type { EntityIngestionFragment } from "../EntityIngestion.generated.ts";
import { DeleteEntityDialog } from "./DeleteEntityDialog.tsx";
import { t } from "./messages.ts";
import { useRefreshEntity } from "./useRefreshEntity.ts";

/** What the viewer may do with an entity; nothing where that is nothing. */
export function EntityActions({ entity }: { entity: EntityIngestionFragment }) {
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<"unregister" | "delete" | null>(null);
  const { refresh, isPending } = useRefreshEntity(entity);
  const { mayRefresh, mayDelete, ingestion } = entity;
  const location = ingestion.catalogLocation?.removable ? ingestion.catalogLocation : null;
  if (!mayRefresh && !mayDelete && !location) return null;
  const close = () => setDialog(null);
  return (
    <>
      <Popover isIcon label={t("more")} trigger={<Ellipsis size={14} aria-hidden />}>
        {mayRefresh && (
          <MenuItem icon={RefreshCw} onClick={() => !isPending && refresh()}>
            {t("refresh")}
          </MenuItem>
        )}
        {location && (
          <MenuItem icon={FolderX} onClick={() => setDialog("unregister")}>
            {t("unregister")}
          </MenuItem>
        )}
        {mayDelete && (
          <MenuItem icon={Trash2} onClick={() => setDialog("delete")}>
            {t("delete")}
          </MenuItem>
        )}
      </Popover>
      {dialog === "unregister" && location && (
        <UnregisterDialog location={location} onClose={close} onDone={() => void navigate(paths.catalog())} />
      )}
      {dialog === "delete" && <DeleteEntityDialog entity={entity} onClose={close} />}
    </>
  );
}
