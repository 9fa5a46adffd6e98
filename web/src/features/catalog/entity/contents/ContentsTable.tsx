import { EntityChip } from "#kit/entity/EntityChip.tsx";
import { countOfKind } from "#kit/entity/kinds.ts";
import type { Target } from "#kit/paths.ts";
import { formatNumber } from "#lib/i18n/messages.ts";
import { Card } from "#ui/Card.tsx";
import { Cell, NameCell, Table } from "#ui/Table.tsx";
import { LifecycleBadge } from "../../LifecycleBadge.tsx";
import { AllLink } from "../AllLink.tsx";
import type { ContentRowFragment } from "./Contents.generated.ts";
import styles from "./Contents.module.css";
import { t } from "./messages.ts";

interface ContentsTableProps<Row extends ContentRowFragment> {
  title: string;
  count: number;
  rows: readonly Row[];
  /** Where all of them are. */
  all: Target;
  /** What of each row is counted, in place of what it says of its life. */
  counts?: readonly { title: string; kind: string; of: (row: Row) => number | undefined }[];
}

/** The first parts of one kind, and the way to all of them. */
export function ContentsTable<Row extends ContentRowFragment>({
  title,
  count,
  rows,
  all,
  counts = [],
}: ContentsTableProps<Row>) {
  if (count === 0) return null;
  const isCounted = counts.length > 0;
  // Resources, for one, have no life of their own.
  const hasLife = !isCounted && rows.some(({ lifecycle }) => lifecycle !== null);
  return (
    <Card title={title} count={count} isFlush action={<AllLink target={all} of={title} />}>
      <div className={styles.table}>
        <Table
          label={title}
          columns={[
            { title: t("name") },
            { title: t("owner"), isWide: true },
            ...(isCounted
              ? counts.map((one) => ({ title: one.title, isNumber: true, isWide: true }))
              : [{ title: t("type"), isWide: true }, ...(hasLife ? [{ title: t("lifecycle"), isWide: true }] : [])]),
          ]}
        >
          {rows.map((row) => (
            <tr key={row.ref}>
              <NameCell
                narrow={[
                  row.type,
                  row.lifecycle,
                  ...counts.map((one) => one.of(row) && countOfKind(one.of(row) ?? 0, one.kind)),
                  row.owner && `${t("ownedBy")} ${row.owner.displayName}`,
                ]
                  .filter(Boolean)
                  .join(" · ")}
              >
                <EntityChip entity={row} />
              </NameCell>
              <Cell isWide>{row.owner && <EntityChip entity={row.owner} />}</Cell>
              {isCounted ? (
                counts.map((one) => (
                  <Cell key={one.title} isNumber isWide isQuiet={!one.of(row)}>
                    {formatNumber(one.of(row) ?? 0)}
                  </Cell>
                ))
              ) : (
                <>
                  <Cell isWide isQuiet>
                    {row.type}
                  </Cell>
                  {hasLife && <Cell isWide>{row.lifecycle && <LifecycleBadge lifecycle={row.lifecycle} />}</Cell>}
                </>
              )}
            </tr>
          ))}
        </Table>
      </div>
    </Card>
  );
}
