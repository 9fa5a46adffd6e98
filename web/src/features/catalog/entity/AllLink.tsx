import { Link } from "#kit/Link.tsx";
import type { Target } from "#kit/paths.ts";
import styles from "./CardAction.module.css";
import { t } from "./messages.ts";

/** From the first rows on a card to all of them. */
export function AllLink({ target, of }: { target: Target; of: string }) {
  return (
    <Link className={styles.action} target={target} aria-label={`${t("seeAll")}: ${of}`}>
      {t("seeAll")}
    </Link>
  );
}
