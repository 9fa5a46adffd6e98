import { useNavigate } from "@tanstack/react-router";
import {
  Copy,
  Ellipsis,
  FileCode,
  FolderPlus,
  FolderX,
  Link,
  Pencil,
  RefreshCw,
  ScanSearch,
  Trash2,
  Workflow,
} from "lucide-react";
import { useState } from "react";
import { MenuLink } from "#kit/MenuLink.tsx";
import { addressOf, paths } from "#kit/paths.ts";
import { copyText } from "#lib/clipboard.ts";
import { linkAddress } from "#lib/linkAddress.ts";
import { MenuAnchor, MenuDivider, MenuItem } from "#ui/MenuItem.tsx";
import { Popover } from "#ui/Popover.tsx";
import { toast } from "#ui/toasts.ts";
import { UnregisterDialog } from "../../locations/UnregisterDialog.tsx";
import { useMayRegister } from "../../register/mayRegister.ts";
import type { EntityIngestionFragment } from "../EntityIngestion.generated.ts";
import type { EntityHeaderFragment } from "../EntityPage.generated.ts";
import { copyReference } from "../inspect/inspection.ts";
import { inspectKeys } from "../inspect/parts.ts";
import { DeleteEntityDialog } from "./DeleteEntityDialog.tsx";
import { t } from "./messages.ts";
import { useRefreshEntity } from "./useRefreshEntity.ts";

interface EntityActionsProps {
  entity: EntityHeaderFragment & EntityIngestionFragment;
  onInspect: () => void;
}

/** What there is to do with an entity; what changes something only for those who may. */
export function EntityActions({ entity, onInspect }: EntityActionsProps) {
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<"unregister" | "delete" | null>(null);
  const { refresh, isPending } = useRefreshEntity(entity);
  const mayRegister = useMayRegister();
  const { ref, mayRefresh, mayDelete, ingestion } = entity;
  const [viewUrl, editUrl] = [linkAddress(entity.viewUrl), linkAddress(entity.editUrl)];
  const location = ingestion.catalogLocation?.removable ? ingestion.catalogLocation : null;
  const close = () => setDialog(null);
  const copyAddress = async () => {
    const isCopied = await copyText(new URL(addressOf(paths.entity(ref)), window.location.origin).href);
    toast(t(isCopied ? "addressCopied" : "notCopied"), isCopied ? "ok" : "danger");
  };
  return (
    <>
      <Popover isIcon label={t("more")} trigger={<Ellipsis size={14} aria-hidden />}>
        <MenuItem icon={ScanSearch} keys={inspectKeys} onClick={onInspect}>
          {t("inspect")}
        </MenuItem>
        <MenuItem icon={Copy} onClick={() => void copyReference(ref)}>
          {t("copyReference")}
        </MenuItem>
        <MenuItem icon={Link} onClick={() => void copyAddress()}>
          {t("copyAddress")}
        </MenuItem>
        <MenuLink icon={Workflow} target={paths.graph({ root: [ref] })}>
          {t("graph")}
        </MenuLink>
        {(viewUrl || editUrl) && <MenuDivider />}
        {viewUrl && (
          <MenuAnchor icon={FileCode} href={viewUrl}>
            {t("viewSource")}
          </MenuAnchor>
        )}
        {editUrl && (
          <MenuAnchor icon={Pencil} href={editUrl}>
            {t("editSource")}
          </MenuAnchor>
        )}
        {(mayRefresh || mayRegister || location || mayDelete) && <MenuDivider />}
        {mayRefresh && (
          <MenuItem icon={RefreshCw} onClick={() => !isPending && refresh()}>
            {t("refresh")}
          </MenuItem>
        )}
        {mayRegister && (
          <MenuLink icon={FolderPlus} target={paths.registerLocation()}>
            {t("register")}
          </MenuLink>
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
