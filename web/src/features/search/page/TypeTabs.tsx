import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { formatNumber } from "#lib/i18n/messages.ts";
import { t } from "../messages.ts";
import type { SearchQuery } from "./Search.generated.ts";
import styles from "./SearchPage.module.css";
import { changed, type SearchPlace } from "./searchPlace.ts";

/** What is looked for: everything, or one type of documents, each with how many there are. */
export function TypeTabs({ place, counted }: { place: SearchPlace; counted: SearchQuery | undefined }) {
  const types = counted?.searchTypes ?? [];
  const values = counted?.types?.facets[0]?.values ?? [];
  const countOf = (name: string) => values.find(({ value }) => value === name)?.count ?? 0;
  const tabs = [
    { name: undefined, title: t("everything"), count: counted?.types?.totalCount },
    ...types.map(({ name, title }) => ({ name, title, count: countOf(name) })),
  ];
  return (
    <nav className={styles.types} aria-label={t("types")}>
      {tabs.map(({ name, title, count }) => (
        <Link
          key={name ?? ""}
          className={styles.type}
          target={paths.search(changed(place, { type: name }))}
          isInPlace
          aria-current={place.type === name ? "true" : undefined}
        >
          {title}
          {count !== undefined && <span className={styles.count}>{formatNumber(count)}</span>}
        </Link>
      ))}
    </nav>
  );
}
