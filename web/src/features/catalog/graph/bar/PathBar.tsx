import { X } from "lucide-react";
import { type KeyboardEvent, useId } from "react";
import { ReferenceChip } from "#kit/entity/EntityChip.tsx";
import { EntityPicker } from "#kit/entity/EntityPicker.tsx";
import { PartialNotice } from "#kit/FailureNotice.tsx";
import { Failure } from "#lib/graphql/failure.ts";
import { Button } from "#ui/Button.tsx";
import { reasonsOf } from "../../dependents/graph.ts";
import { inverseTitle, relationTitle } from "../../entity/relationTypes.ts";
import type { RelationPathQuery } from "../Graph.generated.ts";
import type { GraphData } from "../graphData.ts";
import { changed, type GraphSearch, withoutPath } from "../graphSearch.ts";
import { t } from "../messages.ts";
import type { Go } from "./GraphBar.tsx";
import styles from "./PathBar.module.css";

type Path = NonNullable<RelationPathQuery["entityPath"]>;

/** The two ends of a way, and the way itself in words. */
export function PathBar({ search, data, go }: { search: GraphSearch; data: GraphData; go: Go }) {
  const { from, to } = search;
  const { path, pathError, retry } = data;
  const leave = () => go(withoutPath(search));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    leave();
  };
  return (
    <section className={styles.path} aria-label={t("pathTitle")} onKeyDown={onKeyDown}>
      <End
        label={t("pathFrom")}
        value={from}
        other={to}
        onChange={(next) => go(changed(search, { mode: "path", from: next }))}
      />
      <End
        label={t("pathTo")}
        value={to}
        other={from}
        onChange={(next) => go(changed(search, { mode: "path", to: next }))}
      />
      <Button look="quiet" isIcon aria-label={t("pathClose")} title={t("pathClose")} onClick={leave}>
        <X size={16} aria-hidden />
      </Button>
      <div className={styles.answer} role="status">
        {pathError instanceof Failure && <PartialNotice failures={[pathError]} onRetry={retry} />}
        {from === undefined || to === undefined ? (
          <p className={styles.quiet}>{t("pathHint")}</p>
        ) : (
          path !== undefined && (path && path.nodes.length > 0 ? <Chain path={path} /> : <p>{t("pathNone")}</p>)
        )}
      </div>
    </section>
  );
}

interface EndProps {
  label: string;
  value: string | undefined;
  other: string | undefined;
  onChange: (value: string | undefined) => void;
}

function End({ label, value, other, onChange }: EndProps) {
  const id = useId();
  return (
    <div className={styles.end}>
      <label htmlFor={id}>{label}</label>
      <EntityPicker
        control={{ id, "aria-describedby": undefined, "aria-invalid": undefined, "aria-required": undefined }}
        isSingle
        values={value === undefined ? [] : [value]}
        excluded={other === undefined ? [] : [other]}
        placeholder={t("addRoot")}
        onChange={([next]) => onChange(next)}
      />
    </div>
  );
}

function Chain({ path: { nodes, edges } }: { path: Path }) {
  return (
    <ol className={styles.chain} aria-label={t("pathSteps")}>
      {nodes.map(({ ref, entity }, position) => {
        const before = nodes[position - 1];
        const [reason] = before ? reasonsOf(before.ref, edges, (other) => other === ref) : [];
        return (
          <li key={ref}>
            {reason && (
              <span className={styles.relation}>
                {reason.isSource ? relationTitle(reason.type) : inverseTitle(reason.type)}
              </span>
            )}
            <ReferenceChip reference={ref} target={entity} />
          </li>
        );
      })}
    </ol>
  );
}
