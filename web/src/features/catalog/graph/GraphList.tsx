import { ReferenceChip } from "#kit/entity/EntityChip.tsx";
import { parseEntityRef } from "#lib/entityRef.ts";
import { formatNumber } from "#lib/i18n/messages.ts";
import { Card } from "#ui/Card.tsx";
import { Cell, NameCell, Table } from "#ui/Table.tsx";
import { relationTitle } from "../entity/relationTypes.ts";
import { type Drawing, type DrawnNode, edgesOf, matching } from "./drawing.ts";
import styles from "./GraphPage.module.css";
import type { GraphSearch } from "./graphSearch.ts";
import { t } from "./messages.ts";

/** The same as the canvas in tables: what there is, and how it is related. */
export function GraphList({ drawing, search: { text } }: { drawing: Drawing; search: GraphSearch }) {
  const nodes = text === undefined ? drawing.nodes : matching(drawing.nodes, text);
  const shown = new Set(nodes.map(({ ref }) => ref));
  const edges = drawing.edges.filter(({ source, target }) => shown.has(source) || shown.has(target));
  const known = new Map(drawing.nodes.map((node) => [node.ref, node.entity]));
  if (nodes.length === 0) return <p className={styles.nothing}>{t("nothingFound")}</p>;
  return (
    <div className={styles.list}>
      <Card title={t("entities")} count={nodes.length} isFlush>
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
          {nodes.map((node) => (
            <EntityRow key={node.ref} node={node} relations={edgesOf(drawing, node.ref).length} />
          ))}
        </Table>
      </Card>
      <Card title={t("relations")} count={edges.length} isFlush>
        <div className={styles.relations}>
          <Table label={t("relations")} columns={[{ title: t("from") }, { title: t("relation") }, { title: t("to") }]}>
            {edges.map(({ id, source, type, target }) => (
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
      </Card>
    </div>
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
