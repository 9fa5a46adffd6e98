import { Lightbulb } from "lucide-react";
import { Link } from "#kit/Link.tsx";
import { paths, type Target } from "#kit/paths.ts";
import { buttonClass } from "#ui/Button.tsx";
import { Prose } from "#ui/Prose.tsx";
import styles from "./Explain.module.css";
import type { Explanation } from "./ExplanationView.tsx";
import { t } from "./messages.ts";

type Remedy = Explanation["remedies"][number];

/** What would change a decision, each with the way to do it for those who may. */
export function Remedies({ remedies }: { remedies: Remedy[] }) {
  if (remedies.length === 0) return null;
  return (
    <section className={styles.part} aria-label={t("remedies")}>
      <h2>{t("remedies")}</h2>
      <ul className={styles.remedies}>
        {remedies.map((remedy) => {
          const action = remedy.viewerCanUpdate ? actionFor(remedy) : null;
          return (
            <li key={remedy.description}>
              <Lightbulb size={14} aria-hidden />
              <span>
                <Prose text={remedy.description} />
              </span>
              {action && (
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

/** Where something is done about it; null where that is no page. */
function actionFor({ kind, role, permission, assign }: Remedy): { title: string; target: Target } | null {
  if (kind === "CREATE_ROLE") return { title: t("createRole"), target: paths.roles({ assign, permission }) };
  if (role === null) return null;
  if (kind === "ASSIGN_ROLE") return { title: t("give"), target: paths.role(role, { assign }) };
  if (kind === "GRANT_PERMISSION") return { title: t("grantThis"), target: paths.role(role, { grant: permission }) };
  return { title: t("open"), target: paths.role(role) };
}
