import { PanelLeft, Settings2 } from "lucide-react";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { setAppearance, useAppearance } from "#lib/appearance.ts";
import { defineMessages } from "#lib/i18n/messages.ts";
import { organizationName, portalTitle } from "#lib/page.ts";
import { Account } from "./Account.tsx";
import { BrandMark } from "./BrandMark.tsx";
import { NavigationGroups } from "./NavigationEntries.tsx";
import { SearchField } from "./SearchField.tsx";
import styles from "./Shell.module.css";
import { ThemeButton } from "./ThemeSwitch.tsx";

const t = defineMessages("rail", { main: "Main", collapse: "Collapse", expand: "Expand", settings: "Settings" });

/** The navigation at the left of a wide screen. */
export function Rail() {
  const isCollapsed = useAppearance().rail === "collapsed";
  const label = t(isCollapsed ? "expand" : "collapse");
  const organization = organizationName();
  return (
    <div className={styles.rail}>
      <header>
        <Link className={styles.brand} target={paths.home()} title={portalTitle()}>
          <BrandMark />
          <span className={styles.label}>
            <span>{portalTitle()}</span>
            {organization && <span className={styles.organization}>{organization}</span>}
          </span>
        </Link>
      </header>
      <SearchField />
      <nav aria-label={t("main")}>
        <NavigationGroups />
      </nav>
      <footer className={styles.footer}>
        <div className={styles.footTools}>
          <Link
            className={styles.entry}
            target={paths.settings()}
            isSection
            aria-label={t("settings")}
            title={t("settings")}
          >
            <Settings2 size={16} strokeWidth={1.75} aria-hidden />
          </Link>
          <ThemeButton isIcon />
          <button
            type="button"
            className={styles.entry}
            aria-expanded={!isCollapsed}
            aria-label={label}
            title={label}
            onClick={() => setAppearance({ rail: isCollapsed ? "expanded" : "collapsed" })}
          >
            <PanelLeft size={16} strokeWidth={1.75} aria-hidden />
          </button>
        </div>
        <Account />
      </footer>
    </div>
  );
}
