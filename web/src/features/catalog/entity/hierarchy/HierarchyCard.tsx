import { useQueries } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { type Answer, rootField } from "#lib/graphql/request.ts";
import { Card } from "#ui/Card.tsx";
import type { SurroundingsFragment } from "../EntityPage.generated.ts";
import { GraphLink } from "../GraphLink.tsx";
import type { HierarchyBelowQuery } from "./Hierarchy.generated.ts";
import styles from "./Hierarchy.module.css";
import { HierarchyTree } from "./HierarchyTree.tsx";
import { pathTo, treesOf } from "./hierarchy.ts";
import { t } from "./messages.ts";
import { hierarchyBelow } from "./queries.ts";

interface HierarchyCardProps {
  title: string;
  reference: string;
  around: SurroundingsFragment;
}

/** Where an entity stands: from the top down to it, with what is beside it and below it. Alone it is not shown. */
export function HierarchyCard({ title, reference, around }: HierarchyCardProps) {
  const [asked, setAsked] = useState<readonly string[]>([]);
  const below = useQueries({
    queries: asked.map((ref) => ({
      ...hierarchyBelow(ref, reference),
      select: (answer: Answer<HierarchyBelowQuery>) => rootField(answer, "entityGraph"),
    })),
  });
  const failed = below.find(({ error, data }) => error && !data);
  const isFetched = (_: string, index: number) => Boolean(below[index]?.data);
  // The answers are the same until one of them is another.
  const known = below.map(({ dataUpdatedAt }) => dataUpdatedAt).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `known` stands for the answers
  const trees = useMemo(
    () => treesOf([around, ...below.flatMap(({ data }) => data ?? [])], new Set(asked.filter(isFetched))),
    [around, known],
  );
  const top = trees.flatMap((tree) => (pathTo([tree], reference).length > 0 ? [tree] : []));
  if (around.nodes.length < 2) return null;
  return (
    <Card title={title} isFlush action={<GraphLink reference={reference} />}>
      <HierarchyTree
        label={title}
        trees={top}
        current={reference}
        isBusy={below.some(({ isFetching }) => isFetching)}
        onAsk={(ref) => setAsked((refs) => (refs.includes(ref) ? refs : [...refs, ref]))}
      />
      {around.truncated && <p className={styles.note}>{t("truncated")}</p>}
      {failed && (
        <p className={styles.note} role="alert">
          {t("failed")}{" "}
          <button type="button" className="prose-link" onClick={() => void failed.refetch()}>
            {t("retry")}
          </button>
        </p>
      )}
    </Card>
  );
}
