import { Link } from "#kit/Link.tsx";
import type { Target } from "#kit/paths.ts";
import { defineMessages } from "#lib/i18n/messages.ts";
import { buttonClass } from "#ui/Button.tsx";
import styles from "./Lists.module.css";

const t = defineMessages("pageLinks", { pages: "Pages", newest: "Newest", older: "Older" });

interface PageLinksProps {
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  /** Where the page that is shown begins; absent for the first. */
  after: string | undefined;
  /** The page that begins there. */
  target: (after: string | undefined) => Target;
}

/** The ways from one page of a list to the others. */
export function PageLinks({ pageInfo: { hasNextPage, endCursor }, after, target }: PageLinksProps) {
  if (!hasNextPage && after === undefined) return null;
  return (
    <nav className={styles.more} aria-label={t("pages")}>
      {after !== undefined && (
        <Link className={buttonClass({ size: "small" })} target={target(undefined)}>
          {t("newest")}
        </Link>
      )}
      {hasNextPage && endCursor !== null && (
        <Link className={buttonClass({ size: "small" })} target={target(endCursor)}>
          {t("older")}
        </Link>
      )}
    </nav>
  );
}
