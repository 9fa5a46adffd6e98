import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { t } from "../graph/messages.ts";
import styles from "./CardAction.module.css";

/** The way from a card to the whole graph around an entity. */
export function GraphLink({ reference }: { reference: string }) {
  return (
    <Link className={styles.action} target={paths.graph({ root: [reference] })}>
      {t("cardOpen")}
    </Link>
  );
}
