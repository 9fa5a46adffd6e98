import { CircleCheck, CircleDashed, CircleX } from "lucide-react";
import { useEntityNames } from "#kit/entity/entityNames.ts";
import { NamedReference } from "#kit/entity/NamedReference.tsx";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { useMay } from "#kit/permissions.ts";
import type { GrantVerdict } from "#lib/graphql/schema.generated.ts";
import { Badge, type Tone } from "#ui/Badge.tsx";
import { Prose } from "#ui/Prose.tsx";
import { grantWords } from "../grants/words.ts";
import { ConditionTree } from "./ConditionTree.tsx";
import styles from "./Explain.module.css";
import type { ExplanationQuery } from "./Explanation.generated.ts";
import { t } from "./messages.ts";
import { Remedies } from "./Remedies.tsx";

/** An answer that is there. */
export type Explanation = NonNullable<ExplanationQuery["explainAccess"]>;

const icons = { ALLOW: CircleCheck, DENY: CircleX, CONDITIONAL: CircleDashed };
/** The word for each decision. */
export const decisionWords = { ALLOW: "allow", DENY: "deny", CONDITIONAL: "conditional" } as const;

/** A decision, every grant that is about it, and what would change it. */
export function ExplanationView({ explanation }: { explanation: Explanation }) {
  const { decision, summary, grants, remedies } = explanation;
  const Icon = icons[decision];
  const maySeeRoles = useMay("policy.entity.read");
  const names = useEntityNames(grants.flatMap(({ via }) => via ?? []));
  return (
    <article className={styles.answer}>
      <section className={styles.decision} data-decision={decision}>
        <Icon size={24} strokeWidth={1.75} aria-hidden />
        <div>
          <h2>{t(decisionWords[decision])}</h2>
          <p>
            <Prose text={summary} />
          </p>
        </div>
      </section>
      <Remedies remedies={remedies} />
      <section className={styles.part} aria-label={t("grants")}>
        <h2>{t("grants")}</h2>
        {grants.length === 0 && <p className={styles.quiet}>{t("noGrants")}</p>}
        <ul className={styles.grants}>
          {grants.map((evaluation) => (
            <Evaluation
              key={`${evaluation.role} ${evaluation.grant.id}`}
              evaluation={evaluation}
              names={names}
              maySeeRole={maySeeRoles}
            />
          ))}
        </ul>
      </section>
    </article>
  );
}

const tones: Record<GrantVerdict, Tone> = {
  DECIDES: "ok",
  CONTRIBUTES: "info",
  OVERRIDDEN: "neutral",
  CONDITION_FAILS: "warning",
  NOT_HELD: "neutral",
};

interface EvaluationProps {
  evaluation: Explanation["grants"][number];
  names: ReturnType<typeof useEntityNames>;
  maySeeRole: boolean;
}

function Evaluation({ evaluation, names, maySeeRole }: EvaluationProps) {
  const { role, via, held, verdict, reason, condition, grant } = evaluation;
  const tone = verdict === "DECIDES" && grant.effect === "DENY" ? "danger" : tones[verdict];
  return (
    <li className={styles.evaluation} data-held={held}>
      <div className={styles.evaluationHead}>
        {maySeeRole ? (
          <Link className="prose-link" target={paths.role(role)}>
            {role}
          </Link>
        ) : (
          <span>{role}</span>
        )}
        <span className={styles.via}>
          {via ? <NamedReference reference={via} names={names} /> : t(held ? "viaEveryone" : "notHeld")}
        </span>
        <Badge tone={tone}>{t(verdict)}</Badge>
      </div>
      <p className={styles.sentence}>
        <Prose text={grantWords(grant)} />
      </p>
      <p className={styles.quiet}>
        <Prose text={reason} />
      </p>
      {condition !== null && <ConditionTree condition={condition} />}
    </li>
  );
}
