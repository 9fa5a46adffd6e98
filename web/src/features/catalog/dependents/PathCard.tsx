import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { ReferenceChip } from "#kit/entity/EntityChip.tsx";
import { EntityPicker } from "#kit/entity/EntityPicker.tsx";
import { Fetched } from "#kit/Fetched.tsx";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { operation } from "#kit/query.ts";
import { rootField } from "#lib/graphql/request.ts";
import { firstValueOf } from "#lib/urlSearch.ts";
import { Card } from "#ui/Card.tsx";
import { Field } from "#ui/Field.tsx";
import { inverseTitle, relationTitle } from "../entity/relationTypes.ts";
import { EntityPathDocument, type EntityPathQuery } from "./Dependents.generated.ts";
import styles from "./DependentsTab.module.css";
import { reasonsOf } from "./graph.ts";
import { t } from "./messages.ts";

/** How an entity hangs together with another, which the address names. */
export function PathCard({ from }: { from: string }) {
  const raw = useSearch({ strict: false }) as Record<string, unknown>;
  const to = firstValueOf(raw.to);
  const navigate = useNavigate();
  return (
    <Card title={t("path")}>
      <Field label={t("pathTo")} hint={t("pathHint")}>
        {(control) => (
          <EntityPicker
            control={control}
            isSingle
            values={to === undefined ? [] : [to]}
            excluded={[from]}
            placeholder={t("search")}
            onChange={([next]) =>
              void navigate({ ...paths.entity(from, "dependents", { to: next }), resetScroll: false })
            }
          />
        )}
      </Field>
      {to !== undefined && <FoundPath from={from} to={to} />}
    </Card>
  );
}

function FoundPath({ from, to }: { from: string; to: string }) {
  const query = useQuery({
    ...operation(EntityPathDocument, { from, to }),
    select: (answer) => rootField(answer, "entityPath"),
  });
  return (
    <div className={styles.path}>
      <Fetched query={query} what={t("whatPath")}>
        {(path) =>
          path && path.nodes.length > 0 ? (
            <>
              <Path path={path} />
              <Link className={`prose-link ${styles.inGraph}`} target={paths.graph({ from, to })}>
                {t("inGraph")}
              </Link>
            </>
          ) : (
            <p className={styles.quiet} role="status">
              {t("noPath")}
            </p>
          )
        }
      </Fetched>
    </div>
  );
}

function Path({ path: { nodes, edges } }: { path: NonNullable<EntityPathQuery["entityPath"]> }) {
  return (
    <ol className={styles.steps} aria-label={t("stepsList")}>
      {nodes.map(({ ref, entity }, position) => {
        const next = nodes[position + 1];
        const [reason] = next ? reasonsOf(ref, edges, (other) => other === next.ref) : [];
        return (
          <li key={ref}>
            <ReferenceChip reference={ref} target={entity} />
            {reason && (
              <span className={styles.arrow}>
                {reason.isSource ? relationTitle(reason.type) : inverseTitle(reason.type)}
              </span>
            )}
          </li>
        );
      })}
    </ol>
  );
}
