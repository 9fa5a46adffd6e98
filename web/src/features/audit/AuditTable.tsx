import { ChevronRight } from "lucide-react";
import { useId, useState } from "react";
import type { EntityChipFragment } from "#kit/entity/EntityChip.generated.ts";
import { useEntityNames } from "#kit/entity/entityNames.ts";
import { NamedReference } from "#kit/entity/NamedReference.tsx";
import type { AuditOutcome } from "#lib/graphql/schema.generated.ts";
import { Badge, type Tone } from "#ui/Badge.tsx";
import { Cell, NameCell, Table } from "#ui/Table.tsx";
import { Time } from "#ui/Time.tsx";
import { AuditDetails } from "./AuditDetails.tsx";
import type { AuditRowFragment } from "./AuditLog.generated.ts";
import styles from "./AuditPage.module.css";
import { t } from "./messages.ts";

const tones: Record<AuditOutcome, Tone> = { SUCCEEDED: "ok", DENIED: "warning", FAILED: "danger" };

/** A page of the log; each row opens to what was different afterwards. */
export function AuditTable({ events, isStale }: { events: AuditRowFragment[]; isStale: boolean }) {
  const names = useEntityNames(events.flatMap(({ actor }) => actor ?? []));
  const columns = [
    { title: t("action") },
    { title: t("actor"), isWide: true },
    { title: t("target"), isWide: true },
    { title: t("outcome") },
    { title: t("time"), isNumber: true },
  ];
  return (
    <Table label={t("title")} columns={columns} isBusy={isStale}>
      {events.map((event) => (
        <Row key={event.id} event={event} names={names} />
      ))}
    </Table>
  );
}

function Row({ event, names }: { event: AuditRowFragment; names: ReadonlyMap<string, EntityChipFragment> }) {
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  const { at, action, outcome, actor, target } = event;
  const who = actor ? (names.get(actor)?.displayName ?? actor) : t("nobody");
  return (
    <>
      <tr className={styles.row} data-open={isOpen || undefined}>
        <NameCell narrow={target ? `${who} · ${target}` : who}>
          <button
            type="button"
            className={styles.toggle}
            aria-expanded={isOpen}
            aria-controls={isOpen ? id : undefined}
            onClick={() => setIsOpen(!isOpen)}
          >
            <ChevronRight size={14} aria-hidden />
            {action}
          </button>
        </NameCell>
        <Cell isWide>{actor ? <NamedReference reference={actor} names={names} /> : t("nobody")}</Cell>
        <Cell isWide>{target}</Cell>
        <Cell>
          <Badge tone={tones[outcome]}>{t(outcome)}</Badge>
        </Cell>
        <Cell isNumber isQuiet>
          <Time at={at} />
        </Cell>
      </tr>
      {isOpen && (
        <tr className={styles.opened} id={id}>
          <td colSpan={5}>
            <AuditDetails event={event} />
          </td>
        </tr>
      )}
    </>
  );
}
