import { EntityChip } from "#kit/entity/EntityChip.tsx";
import { Link } from "#kit/Link.tsx";
import type { Target } from "#kit/paths.ts";
import { formatNumber } from "#lib/i18n/messages.ts";
import { Card } from "#ui/Card.tsx";
import { Cell, NameCell, Table } from "#ui/Table.tsx";
import { LifecycleBadge } from "../../LifecycleBadge.tsx";
import action from "../CardAction.module.css";
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
  counts?: readonly { title: string; of: (row: Row) => number | undefined }[];
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
  const hasLife = counts.length === 0;
  return (
    <Card
      title={title}
      count={count}
      isFlush
      action={
        <Link className={action.action} target={all}>
          {t("all", { count })}
        </Link>
      }
    >
      <div className={styles.table}>
        <Table
          label={title}
          columns={[
            { title: t("name") },
            { title: t("owner"), isWide: true },
            ...(hasLife
              ? [
                  { title: t("type"), isWide: true },
                  { title: t("lifecycle"), isWide: true },
                ]
              : counts.map((one) => ({ title: one.title, isNumber: true }))),
          ]}
        >
          {rows.map((row) => (
            <tr key={row.ref}>
              <NameCell
                narrow={[row.type, hasLife && row.lifecycle, row.owner && `${t("ownedBy")} ${row.owner.displayName}`]
                  .filter(Boolean)
                  .join(" · ")}
              >
                <EntityChip entity={row} />
              </NameCell>
              <Cell isWide>{row.owner && <EntityChip entity={row.owner} />}</Cell>
              {hasLife ? (
                <>
                  <Cell isWide isQuiet>
                    {row.type}
                  </Cell>
                  <Cell isWide>{row.lifecycle && <LifecycleBadge lifecycle={row.lifecycle} />}</Cell>
                </>
              ) : (
                counts.map((one) => (
                  <Cell key={one.title} isNumber isQuiet={!one.of(row)}>
                    {formatNumber(one.of(row) ?? 0)}
                  </Cell>
                ))
              )}
            </tr>
          ))}
        </Table>
      </div>
    </Card>
  );
}
