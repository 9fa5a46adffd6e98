import { startTransition, useState } from "react";
import { ReferenceChip } from "#kit/entity/EntityChip.tsx";
import { parseEntityRef } from "#lib/entityRef.ts";
import { formatNumber } from "#lib/i18n/messages.ts";
import { Button } from "#ui/Button.tsx";
import { Card } from "#ui/Card.tsx";
import { Cell, NameCell, Table } from "#ui/Table.tsx";
import { relationTitle } from "../entity/relationTypes.ts";
import { countsOf, type Drawing, type DrawnNode, matching } from "./drawing.ts";
import styles from "./GraphPage.module.css";
import type { GraphSearch } from "./graphSearch.ts";
import { t } from "./messages.ts";

/** As many rows of a table as come at once; the rest when asked for. */
const mostAtOnce = 100;

/** The same as the canvas in tables: what there is, and how it is related. */
export function GraphList({ drawing, search: { text } }: { drawing: Drawing; search: GraphSearch }) {
  const nodes = useRows(text === undefined ? drawing.nodes : matching(drawing.nodes, text));
  const shown = new Set(nodes.all.map(({ ref }) => ref));
  const edges = useRows(drawing.edges.filter(({ source, target }) => shown.has(source) || shown.has(target)));
  const known = new Map(drawing.nodes.map((node) => [node.ref, node.entity]));
  const counts = countsOf(drawing);
  if (nodes.all.length === 0) return <p className={styles.nothing}>{t("nothingFound")}</p>;
  return (
    <div className={styles.list}>
      <Card title={t("entities")} count={nodes.all.length} isFlush>
        <Table
          label={t("entities")}
          columns={[
            { title: t("entity") },
            { title: t("kind"), isWide: true },
            { title: t("type"), isWide: true },
            { title: t("owner"), isWide: true },
            { title: t("steps"), isNumber: true },
            { title: t("relationsOf"), isNumber: true },
          ]}
        >
          {nodes.rows.map((node) => (
            <EntityRow key={node.ref} node={node} relations={counts.get(node.ref) ?? 0} />
          ))}
        </Table>
        <Rest rows={nodes} />
      </Card>
      <Card title={t("relations")} count={edges.all.length} isFlush>
        <div className={styles.relations}>
          <Table label={t("relations")} columns={[{ title: t("from") }, { title: t("relation") }, { title: t("to") }]}>
            {edges.rows.map(({ id, source, type, target }) => (
              <tr key={id}>
                <Cell>
                  <ReferenceChip reference={source} target={known.get(source) ?? null} />
                </Cell>
                <Cell>{relationTitle(type)}</Cell>
                <Cell>
                  <ReferenceChip reference={target} target={known.get(target) ?? null} />
                </Cell>
              </tr>
            ))}
          </Table>
        </div>
        <Rest rows={edges} />
      </Card>
    </div>
  );
}

interface Rows<Row> {
  all: readonly Row[];
  rows: readonly Row[];
  showAll: () => void;
}

function useRows<Row>(all: readonly Row[]): Rows<Row> {
  const [isWhole, setIsWhole] = useState(false);
  return {
    all,
    rows: isWhole ? all : all.slice(0, mostAtOnce),
    showAll: () => startTransition(() => setIsWhole(true)),
  };
}

function Rest({ rows: { all, rows, showAll } }: { rows: Rows<unknown> }) {
  if (rows.length === all.length) return null;
  return (
    <Button className={styles.rest ?? ""} look="quiet" onClick={showAll}>
      {t("showAll", { count: all.length })}
    </Button>
  );
}

function EntityRow({ node: { ref, entity, depth }, relations }: { node: DrawnNode; relations: number }) {
  const kind = entity?.kind ?? parseEntityRef(ref)?.kind;
  return (
    <tr>
      <NameCell narrow={[kind, entity?.type].filter(Boolean).join(" · ")}>
        <ReferenceChip reference={ref} target={entity} />
      </NameCell>
      <Cell isWide isQuiet>
        {kind}
      </Cell>
      <Cell isWide isQuiet>
        {entity?.type}
      </Cell>
      <Cell isWide>{entity?.owner && <ReferenceChip reference={entity.owner.ref} target={entity.owner} />}</Cell>
      <Cell isNumber>{depth !== null && formatNumber(depth)}</Cell>
      <Cell isNumber>{formatNumber(relations)}</Cell>
    </tr>
  );
}
