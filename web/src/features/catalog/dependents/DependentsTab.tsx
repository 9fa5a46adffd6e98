import { useQuery } from "@tanstack/react-query";
import { CircleCheck, Workflow } from "lucide-react";
import { EntityChip, ReferenceChip } from "#kit/entity/EntityChip.tsx";
import { Fetched } from "#kit/Fetched.tsx";
import type { EntityFacts } from "#kit/feature.ts";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { operation } from "#kit/query.ts";
import { rootField } from "#lib/graphql/request.ts";
import { buttonClass } from "#ui/Button.tsx";
import { Card } from "#ui/Card.tsx";
import { Banner, Notice } from "#ui/Notice.tsx";
import { inverseTitle, relationTitle } from "../entity/relationTypes.ts";
import { EntityDependentsDocument, type EntityDependentsQuery } from "./Dependents.generated.ts";
import styles from "./DependentsTab.module.css";
import { ownersOf, type Reason, stepsOf } from "./graph.ts";
import { t } from "./messages.ts";
import { PathCard } from "./PathCard.tsx";

const furthest = 10;
const most = 500;

/** What a change of an entity would reach, and whom it concerns. */
export function DependentsTab({ entity }: { entity: EntityFacts }) {
  const query = useQuery({
    ...operation(EntityDependentsDocument, { ref: entity.ref, depth: furthest, limit: most }),
    select: (answer) => rootField(answer, "entityDependents"),
  });
  return (
    <div className={styles.columns}>
      <Fetched query={query} what={t("what")}>
        {(graph) => graph && <Dependents graph={graph} reference={entity.ref} />}
      </Fetched>
      <PathCard from={entity.ref} />
    </div>
  );
}

interface DependentsProps {
  graph: NonNullable<EntityDependentsQuery["entityDependents"]>;
  reference: string;
}

function Dependents({ graph, reference }: DependentsProps) {
  const { nodes, edges, truncated } = graph;
  const steps = stepsOf(nodes, edges);
  const owners = ownersOf(nodes);
  const known = new Map(nodes.map((node) => [node.ref, node.entity]));
  if (steps.length === 0) return <Notice icon={CircleCheck} title={t("noneTitle")} text={t("none")} />;
  return (
    <div className={styles.main}>
      <div className={styles.top}>
        <p className={styles.summary}>{t(truncated ? "summaryOfMore" : "summary", { count: nodes.length - 1 })}</p>
        <Link
          className={buttonClass({ size: "small" })}
          target={paths.graph({ root: [reference], depth: steps.length, follow: "dependents" })}
        >
          <Workflow size={14} aria-hidden />
          {t("inGraph")}
        </Link>
      </div>
      {truncated && <Banner tone="neutral">{t("truncated")}</Banner>}
      {owners.length > 0 && (
        <Card title={t("owners")} count={owners.length}>
          <ul className={styles.owners}>
            {owners.map(({ owner, count }) => (
              <li key={owner.ref}>
                <EntityChip entity={owner} />
                <span className={styles.quiet}>{t("ownerCount", { count })}</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {steps.map(({ depth, nodes: reached }) => (
        <Card
          key={depth}
          title={depth === 1 ? t("direct") : t("steps", { count: depth })}
          count={reached.length}
          isFlush
        >
          <ul className={styles.rows}>
            {reached.map(({ node, reasons }) => (
              <li key={node.ref}>
                <ReferenceChip reference={node.ref} target={node.entity} />
                {reasons.map((reason) => (
                  <span key={`${reason.type} ${reason.ref}`} className={styles.reason}>
                    {reasonTitle(reason)}
                    <ReferenceChip reference={reason.ref} target={known.get(reason.ref) ?? null} />
                  </span>
                ))}
              </li>
            ))}
          </ul>
        </Card>
      ))}
    </div>
  );
}

function reasonTitle({ type, isSource }: Reason): string {
  return isSource ? relationTitle(type) : inverseTitle(type);
}
