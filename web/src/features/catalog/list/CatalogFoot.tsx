import { useNavigate } from "@tanstack/react-router";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { type ReactNode, useId } from "react";
import { Link } from "#kit/Link.tsx";
import { buttonClass } from "#ui/Button.tsx";
import { t } from "../messages.ts";
import type { CatalogListQuery } from "./CatalogList.generated.ts";
import styles from "./CatalogPage.module.css";
import { type CatalogSearch, changed, defaultPageSize, pageSizes } from "./catalogSearch.ts";
import { useListTarget } from "./listPlace.ts";

type PageInfo = NonNullable<CatalogListQuery["entities"]>["pageInfo"];

interface CatalogFootProps {
  search: CatalogSearch;
  summary: string;
  /** Absent where one scrolls through all of it. */
  pageInfo: PageInfo | undefined;
}

/** How many there are, how long it took, and the way to the next page. */
export function CatalogFoot({ search, summary, pageInfo }: CatalogFootProps) {
  const navigate = useNavigate();
  const target = useListTarget();
  const id = useId();
  if (!pageInfo) {
    return (
      <footer className={`${styles.foot} ${styles.restingFoot}`}>
        <p role="status">{summary}</p>
      </footer>
    );
  }
  const { hasPreviousPage, hasNextPage, startCursor, endCursor } = pageInfo;
  const before = hasPreviousPage && startCursor ? changed(search, { before: startCursor }) : null;
  const after = hasNextPage && endCursor ? changed(search, { after: endCursor }) : null;
  return (
    <footer className={styles.foot}>
      <p role="status">{summary}</p>
      <nav className={styles.pages} aria-label={t("pages")}>
        <span className={styles.size}>
          <label htmlFor={id}>{t("perPage")}</label>
          <select
            id={id}
            value={search.size ?? defaultPageSize}
            onChange={(event) => navigate(target(changed(search, { size: Number(event.target.value) })))}
          >
            {pageSizes.map((size) => (
              <option key={size}>{size}</option>
            ))}
          </select>
        </span>
        <PageLink search={before} rel="prev">
          <ChevronLeft size={14} aria-hidden />
          {t("previous")}
        </PageLink>
        <PageLink search={after} rel="next">
          {t("next")}
          <ChevronRight size={14} aria-hidden />
        </PageLink>
      </nav>
    </footer>
  );
}

function PageLink({ search, rel, children }: { search: CatalogSearch | null; rel: string; children: ReactNode }) {
  const target = useListTarget();
  const look = buttonClass({ size: "small" });
  if (!search) {
    return (
      // biome-ignore lint/a11y/useFocusableInteractive: a link that leads nowhere is passed over
      // biome-ignore lint/a11y/useSemanticElements: an anchor without an address has no role of its own
      <span className={look} role="link" aria-disabled="true">
        {children}
      </span>
    );
  }
  return (
    <Link className={look} target={target(search)} rel={rel}>
      {children}
    </Link>
  );
}
