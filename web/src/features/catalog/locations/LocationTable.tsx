import { Ellipsis, Pencil, RefreshCw, Trash2 } from "lucide-react";
import { useState } from "react";
import { useEntityNames } from "#kit/entity/entityNames.ts";
import { useOperation } from "#kit/mutation.ts";
import { useMay } from "#kit/permissions.ts";
import { shortName } from "#lib/entityRef.ts";
import { reason } from "#lib/graphql/failure.ts";
import { formatNumber } from "#lib/i18n/messages.ts";
import { Badge } from "#ui/Badge.tsx";
import { Button } from "#ui/Button.tsx";
import { CopyButton } from "#ui/CopyButton.tsx";
import { MenuItem } from "#ui/MenuItem.tsx";
import { Popover } from "#ui/Popover.tsx";
import { Prose } from "#ui/Prose.tsx";
import { ActionsCell, Cell, NameCell, Table } from "#ui/Table.tsx";
import { Time } from "#ui/Time.tsx";
import { toast } from "#ui/toasts.ts";
import styles from "../ingestion.module.css";
import { ReadingState } from "../ReadingState.tsx";
import { useMayRegister } from "../register/mayRegister.ts";
import { ChangeTargetDialog } from "./ChangeTargetDialog.tsx";
import { LocationEntitiesDialog } from "./LocationEntitiesDialog.tsx";
import { type LocationRowFragment, RefreshLocationDocument } from "./Locations.generated.ts";
import { t } from "./messages.ts";
import { UnregisterDialog } from "./UnregisterDialog.tsx";

type OpenDialog = { name: "change" | "unregister" | "entities"; location: LocationRowFragment };

/** Locations, how reading them goes, and what can be done about each. */
export function LocationTable({ locations, isStale }: { locations: LocationRowFragment[]; isStale: boolean }) {
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const names = useEntityNames(locations.flatMap(({ createdBy }) => createdBy ?? []));
  const close = () => setDialog(null);
  const columns = [
    { title: t("location") },
    { title: t("origin"), isWide: true },
    { title: t("entities"), isNumber: true },
    { title: t("read"), isWide: true },
    { title: t("actions"), isSilent: true },
  ];
  return (
    <>
      <Table label={t("title")} columns={columns} isBusy={isStale}>
        {locations.map((location) => (
          <Row
            key={location.id}
            location={location}
            origin={originWords(location, (ref) => names.get(ref)?.displayName ?? shortName(ref))}
            onOpen={(name) => setDialog({ name, location })}
          />
        ))}
      </Table>
      {dialog?.name === "entities" && <LocationEntitiesDialog location={dialog.location} onClose={close} />}
      {dialog?.name === "change" && <ChangeTargetDialog location={dialog.location} onClose={close} />}
      {dialog?.name === "unregister" && <UnregisterDialog location={dialog.location} onClose={close} />}
    </>
  );
}

function originWords({ origin, provider, createdBy }: LocationRowFragment, nameOf: (ref: string) => string): string {
  if (origin === "PROVIDER" && provider !== null) return t("ofProvider", { provider });
  if (origin === "REGISTERED" && createdBy !== null) return t("registeredBy", { name: nameOf(createdBy) });
  return t(origin);
}

interface RowProps {
  location: LocationRowFragment;
  origin: string;
  onOpen: (name: OpenDialog["name"]) => void;
}

function Row({ location, origin, onOpen }: RowProps) {
  const { target, type, state, error, problemCount, entities, readAt, nextReadAt } = location;
  const count = entities.totalCount;
  return (
    <tr>
      <NameCell
        narrow={
          <>
            {origin} · {readAt ? <Time at={readAt} /> : t("never")}
          </>
        }
      >
        <span className={styles.target}>{target}</span>
        <CopyButton text={target} what={target} />
        <Badge>{type}</Badge>
        <ReadingState state={state} />
        {problemCount > 0 && (
          <button type="button" className={styles.badge} onClick={() => onOpen("entities")}>
            <Badge tone="warning">{t("problems", { count: problemCount })}</Badge>
          </button>
        )}
        {error !== null && (
          <p className={styles.error}>
            <Prose text={error} />
          </p>
        )}
      </NameCell>
      <Cell isWide isQuiet>
        {origin}
      </Cell>
      <Cell isNumber>
        {count === 0 ? (
          "0"
        ) : (
          <button
            type="button"
            className={styles.link}
            aria-label={t("showEntities", { count, target })}
            onClick={() => onOpen("entities")}
          >
            {formatNumber(count)}
          </button>
        )}
      </Cell>
      <Cell isWide isQuiet>
        {readAt ? <Time at={readAt} /> : t("never")}
        {nextReadAt && (
          <div>
            {t("nextRead")} <Time at={nextReadAt} />
          </div>
        )}
      </Cell>
      <ActionsCell>
        <Actions location={location} onOpen={onOpen} />
      </ActionsCell>
    </tr>
  );
}

function Actions({ location, onOpen }: Pick<RowProps, "location" | "onOpen">) {
  const { id, target, origin, removable } = location;
  const mayRefresh = useMay("catalog.location.create");
  const mayChange = useMayRegister() && origin === "REGISTERED";
  const { mutate, isPending } = useOperation(RefreshLocationDocument);
  const refresh = () =>
    mutate(
      { input: { id } },
      {
        onSuccess: ({ refreshLocation }) => {
          const error = refreshLocation?.location?.error;
          if (error) toast(t("refreshFailed", { target, reason: error }), "danger");
          else toast(t("refreshed", { target }));
        },
        onError: (failure) => toast(t("refreshFailed", { target, reason: reason(failure) }), "danger"),
      },
    );
  return (
    <>
      {mayRefresh && (
        <Button
          size="small"
          look="quiet"
          isIcon
          disabled={isPending}
          aria-label={t("refreshLabel", { target })}
          title={t("refresh")}
          onClick={refresh}
        >
          <RefreshCw size={14} aria-hidden />
        </Button>
      )}
      {(mayChange || removable) && (
        <Popover
          size="small"
          look="quiet"
          isIcon
          label={t("more", { target })}
          trigger={<Ellipsis size={14} aria-hidden />}
        >
          {mayChange && (
            <MenuItem icon={Pencil} onClick={() => onOpen("change")}>
              {t("change")}
            </MenuItem>
          )}
          {removable && (
            <MenuItem icon={Trash2} onClick={() => onOpen("unregister")}>
              {t("unregister")}
            </MenuItem>
          )}
        </Popover>
      )}
    </>
  );
}
