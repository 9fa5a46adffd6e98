import { useQuery } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import { useEntityNames } from "#kit/entity/entityNames.ts";
import { NamedReference } from "#kit/entity/NamedReference.tsx";
import { FormFailure } from "#kit/FormFailure.tsx";
import { rootField } from "#lib/graphql/request.ts";
import type { Decision, SimulateRolesInput } from "#lib/graphql/schema.generated.ts";
import { Badge, type Tone } from "#ui/Badge.tsx";
import { Cell, NameCell, Table } from "#ui/Table.tsx";
import { Waiting } from "#ui/Waiting.tsx";
import { simulation } from "../queries.ts";
import { t } from "./messages.ts";
import styles from "./Roles.module.css";
import type { SimulationQuery } from "./Simulation.generated.ts";

type Simulation = NonNullable<SimulationQuery["simulateRoles"]>;

/** Who would gain and lose what by changes that are not made yet. */
export function SimulationView({ input }: { input: SimulateRolesInput }) {
  const { data, error, isPending } = useQuery({
    ...simulation(input),
    select: (answer) => rootField(answer, "simulateRoles"),
  });
  return (
    <section className={styles.effects} aria-label={t("effects")}>
      <h3>{t("effects")}</h3>
      {isPending && <Waiting />}
      {error && <FormFailure error={error} />}
      {data === null && <p className={styles.quiet}>{t("unknownEffects")}</p>}
      {data && <Changes simulation={data} />}
    </section>
  );
}

function Changes({ simulation: { changes, totalCount, complete } }: { simulation: Simulation }) {
  const names = useEntityNames(changes.flatMap(({ subject }) => subject ?? []));
  if (changes.length === 0) return <p className={styles.quiet}>{t("noEffects")}</p>;
  const columns = [
    { title: t("subject") },
    { title: t("permission"), isWide: true },
    { title: t("change") },
    { title: t("entities"), isNumber: true },
  ];
  return (
    <>
      <Table label={t("effects")} columns={columns}>
        {changes.map(({ subject, permission, before, after, gained, lost }) => (
          <tr key={`${subject} ${permission}`}>
            <NameCell narrow={permission}>
              {subject ? <NamedReference reference={subject} names={names} /> : t("others")}
            </NameCell>
            <Cell isWide>
              <code>{permission}</code>
            </Cell>
            <Cell>
              <span className={styles.decisions}>
                <DecisionBadge decision={before} />
                <ArrowRight size={12} aria-hidden />
                <DecisionBadge decision={after} />
              </span>
            </Cell>
            <Cell isNumber>
              {gained ? (
                <span className={styles.gained} title={t("gainedWords", { count: gained })}>
                  {t("gained", { count: gained })}
                </span>
              ) : null}{" "}
              {lost ? (
                <span className={styles.lost} title={t("lostWords", { count: lost })}>
                  {t("lost", { count: lost })}
                </span>
              ) : null}
            </Cell>
          </tr>
        ))}
      </Table>
      {totalCount > changes.length && (
        <p className={styles.quiet}>{t("moreEffects", { shown: changes.length, total: totalCount })}</p>
      )}
      {!complete && <p className={styles.quiet}>{t("incomplete")}</p>}
    </>
  );
}

const tones: Record<Decision, Tone> = { ALLOW: "ok", DENY: "danger", CONDITIONAL: "info" };
const words = { ALLOW: "allow", DENY: "deny", CONDITIONAL: "conditional" } as const;

/** A decision in a word. */
function DecisionBadge({ decision }: { decision: Decision }) {
  return <Badge tone={tones[decision]}>{t(words[decision])}</Badge>;
}
