import { Link } from "#kit/Link.tsx";
import type { Target } from "#kit/paths.ts";
import { defineMessages } from "#lib/i18n/messages.ts";
import { buttonClass } from "#ui/Button.tsx";
import styles from "./ingestion.module.css";

const t = defineMessages("listPages", { pages: "Pages", first: "First page", next: "Next" });

interface ListPagesProps {
  /** How many there are, in words. */
  summary: string;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  /** Where the page that is shown begins; absent for the first. */
  after: string | undefined;
  /** The page that begins there. */
  target: (after: string | undefined) => Target;
}

/** How long a list is, and the ways from one page of it to the others. */
export function ListPages({ summary, pageInfo: { hasNextPage, endCursor }, after, target }: ListPagesProps) {
  return (
    <footer className={styles.pages}>
      <p role="status">{summary}</p>
      {(hasNextPage || after !== undefined) && (
        <nav aria-label={t("pages")}>
          {after !== undefined && (
            <Link className={buttonClass({ size: "small" })} target={target(undefined)}>
              {t("first")}
            </Link>
          )}
          {hasNextPage && endCursor !== null && (
            <Link className={buttonClass({ size: "small" })} target={target(endCursor)}>
              {t("next")}
            </Link>
          )}
        </nav>
      )}
    </footer>
  );
}
