import { defineMessages } from "#lib/i18n/messages.ts";
import styles from "./Breadcrumb.module.css";
import { Link } from "./Link.tsx";
import { addressOf, type Target } from "./paths.ts";

const t = defineMessages("breadcrumb", { label: "You are here" });

/** The pages above this one, from the top. */
export function Breadcrumb({ above }: { above: readonly { title: string; target: Target }[] }) {
  return (
    <nav className={styles.breadcrumb} aria-label={t("label")}>
      <ol>
        {above.map(({ title, target }) => (
          <li key={addressOf(target)}>
            <Link target={target}>{title}</Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
