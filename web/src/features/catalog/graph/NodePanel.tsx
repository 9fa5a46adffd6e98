import { X } from "lucide-react";
import type { Ref } from "react";
import { EntitySummary } from "#kit/entity/EntitySummary.tsx";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { shortName } from "#lib/entityRef.ts";
import { formatNumber } from "#lib/i18n/messages.ts";
import { Button, buttonClass } from "#ui/Button.tsx";
import { hasDependents } from "../dependents/kinds.ts";
import { inverseTitle, relationTitle } from "../entity/relationTypes.ts";
import type { Go } from "./bar/GraphBar.tsx";
import { type Drawing, type DrawnNode, edgesOf } from "./drawing.ts";
import { changed, defaultSteps, type GraphSearch, mostSteps, rootedAt, showsDependents } from "./graphSearch.ts";
import { t } from "./messages.ts";
import styles from "./NodePanel.module.css";

interface NodePanelProps {
  node: DrawnNode;
  drawing: Drawing;
  search: GraphSearch;
  go: Go;
  onClose: () => void;
  ref: Ref<HTMLElement>;
}

/** What is known of the node that was chosen, and where one can go from it. */
export function NodePanel({ node, drawing, search, go, onClose, ref: panel }: NodePanelProps) {
  const { ref, entity, isRoot, hasMore } = node;
  const roots = search.root ?? [];
  const { depth = defaultSteps } = search;
  return (
    <aside ref={panel} className={styles.panel} aria-label={t("selected")}>
      <Button className={styles.close ?? ""} look="quiet" size="small" isIcon aria-label={t("close")} onClick={onClose}>
        <X size={14} aria-hidden />
      </Button>
      {entity ? (
        <EntitySummary reference={ref} />
      ) : (
        <p className={styles.missing}>
          <strong>{shortName(ref)}</strong>
          {t("missingText", { ref })}
        </p>
      )}
      <ul className={styles.relations}>
        {relationCounts(drawing, ref).map(([title, count]) => (
          <li key={title}>
            {title} <span>{formatNumber(count)}</span>
          </li>
        ))}
      </ul>
      {entity && (
        <div className={styles.acts}>
          <Link className={buttonClass({ look: "primary", size: "small" })} target={paths.entity(ref)}>
            {t("open")}
          </Link>
          {!(isRoot && roots.length === 1) && (
            <Button size="small" onClick={() => go(rootedAt(search, ref))}>
              {t("beginHere")}
            </Button>
          )}
          {!isRoot && roots.length > 0 && !showsDependents(search) && (
            <Button size="small" onClick={() => go(changed(search, { root: [...roots, ref] }))}>
              {t("beginHereToo")}
            </Button>
          )}
          <Button size="small" onClick={() => go(changed(search, { from: ref, to: undefined, node: undefined }))}>
            {t("wayFromHere")}
          </Button>
          {hasDependents(entity.kind) && (
            <Link className={buttonClass({ size: "small" })} target={paths.entity(ref, "dependents")}>
              {t("whatDepends")}
            </Link>
          )}
        </div>
      )}
      {hasMore && depth < mostSteps && (
        <p className={styles.more}>
          {t("further")}
          <Button look="quiet" size="small" onClick={() => go(changed(search, { depth: depth + 1 }))}>
            {t("oneStepMore")}
          </Button>
        </p>
      )}
    </aside>
  );
}

/** How many relations of each type it has here, as it sees them itself. */
function relationCounts(drawing: Drawing, ref: string): [string, number][] {
  const counts = new Map<string, number>();
  for (const { source, type } of edgesOf(drawing, ref)) {
    const title = source === ref ? relationTitle(type) : inverseTitle(type);
    counts.set(title, (counts.get(title) ?? 0) + 1);
  }
  return [...counts];
}
