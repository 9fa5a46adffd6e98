import { Lightbulb } from "lucide-react";
import { Link } from "#kit/Link.tsx";
import { paths, type Target } from "#kit/paths.ts";
import { useGranted } from "#kit/permissions.ts";
import { buttonClass } from "#ui/Button.tsx";
import { Prose } from "#ui/Prose.tsx";
import styles from "./Explain.module.css";
import type { Explanation } from "./ExplanationView.tsx";
import { t } from "./messages.ts";

type Remedy = Explanation["remedies"][number];

/** What would change a decision, each with the way to do it for those who may. */
export function Remedies({ explanation }: { explanation: Explanation }) {
  const granted = useGranted();
  const { remedies, decision } = explanation;
  const sources = new Map(explanation.grants.map(({ role, source }) => [role, source]));
  if (remedies.length === 0) return null;
  return (
    <section className={styles.part} aria-label={t("remedies")}>
      <h2>{t("remedies")}</h2>
      <ul className={styles.remedies}>
        {remedies.map((remedy) => {
          const action = actionFor(remedy, decision);
          const needs = remedy.role === null ? "policy.entity.create" : "policy.entity.update";
          const isInConfig = remedy.role !== null && sources.get(remedy.role) === "CONFIG";
          return (
            <li key={remedy.description}>
              <Lightbulb size={14} aria-hidden />
              <span>
                <Prose text={remedy.description} />
              </span>
              {action && granted?.has(needs) && !isInConfig && (
                <Link className={buttonClass({ size: "small" })} target={action.target}>
                  {action.title}
                </Link>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function actionFor(
  { role, permission, assign, description }: Remedy,
  decision: Explanation["decision"],
): { title: string; target: Target } | null {
  if (role === null) {
    const isForService = assign === null;
    return isForService ? null : { title: t("createRole"), target: paths.roles({ assign, permission }) };
  }
  if (assign !== null && permission === null) return { title: t("give"), target: paths.role(role, { assign }) };
  const isRevocation = decision === "ALLOW" || description.startsWith("Revoke");
  if (permission !== null && !isRevocation)
    return { title: t("grantThis"), target: paths.role(role, { grant: permission }) };
  return { title: t("open"), target: paths.role(role) };
}
