import { Bookmark, History, X } from "lucide-react";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { useSetting } from "#kit/settings/useSetting.ts";
import { Button } from "#ui/Button.tsx";
import { toast } from "#ui/toasts.ts";
import { t } from "../messages.ts";
import { keptSearches } from "./keptSearches.ts";
import styles from "./OwnSearches.module.css";
import { withKept, withoutKept } from "./searches.ts";
import { recentSearches } from "./useRemembered.ts";

/** What somebody kept, and what they looked for not long ago, for those who have not typed yet. */
export function OwnSearches() {
  return (
    <>
      <Kept />
      <Recent />
    </>
  );
}

function Kept() {
  const { value: kept, change } = useSetting(keptSearches);
  if (kept.length === 0) return null;
  return (
    <section className={styles.part} aria-label={t("keptSearches")}>
      <h2 className={styles.heading}>{t("keptSearches")}</h2>
      <ul>
        {kept.map(({ name, place }) => (
          <li key={name} className={styles.line}>
            <Link className={styles.link} target={paths.search(place)}>
              <Bookmark size={14} aria-hidden />
              <span>{name}</span>
            </Link>
            <Button
              isIcon
              look="quiet"
              size="small"
              aria-label={t("forget", { name })}
              onClick={() => {
                change((kept) => withoutKept(kept, name));
                toast(t("forgotten", { name }), "ok", { undo: () => change((kept) => withKept(kept, name, place)) });
              }}
            >
              <X size={12} aria-hidden />
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Recent() {
  const { value: recent, change } = useSetting(recentSearches);
  if (recent.length === 0) return null;
  return (
    <section className={styles.part} aria-label={t("recent")}>
      <div className={styles.line}>
        <h2 className={styles.heading}>{t("recent")}</h2>
        <Button isIcon look="quiet" size="small" aria-label={t("forgetRecent")} onClick={() => change(() => [])}>
          <X size={12} aria-hidden />
        </Button>
      </div>
      <ul>
        {recent.map((text) => (
          <li key={text} className={styles.line}>
            <Link className={styles.link} target={paths.search({ text })}>
              <History size={14} aria-hidden />
              <span>{text}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
