import { useLocation } from "@tanstack/react-router";
import { Menu, Search, Settings2 } from "lucide-react";
import { useState } from "react";
import { Link } from "#kit/Link.tsx";
import { openPalette } from "#kit/palette.ts";
import { paths } from "#kit/paths.ts";
import { defineMessages } from "#lib/i18n/messages.ts";
import { portalTitle } from "#lib/page.ts";
import { Sheet } from "#ui/Sheet.tsx";
import { Account } from "./Account.tsx";
import { NavigationLinks } from "./NavigationEntries.tsx";
import { useEntries } from "./navigation.ts";
import styles from "./Shell.module.css";
import { ThemeButton } from "./ThemeSwitch.tsx";

const t = defineMessages("bottomBar", {
  main: "Main",
  more: "More",
  search: "Search",
  others: "More places",
  settings: "Settings",
});

/** How many places there is room for, beside the search and what leads to the rest. */
const most = 3;

/** The navigation at the bottom of a small screen. */
export function BottomBar() {
  const [isOpen, setIsOpen] = useState(false);
  const { pathname } = useLocation();
  const [shownAt, setShownAt] = useState(pathname);
  const entries = useEntries();
  const others = entries.slice(most);
  if (shownAt !== pathname) {
    setShownAt(pathname);
    setIsOpen(false);
  }
  return (
    <>
      <nav className={styles.bottom} aria-label={t("main")}>
        <NavigationLinks entries={entries.slice(0, most)} />
        <button type="button" className={styles.entry} aria-haspopup="dialog" onClick={() => openPalette()}>
          <Search size={16} strokeWidth={1.75} aria-hidden />
          {t("search")}
        </button>
        <button type="button" className={styles.entry} aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
          <Menu size={16} strokeWidth={1.75} aria-hidden />
          {t("more")}
        </button>
      </nav>
      {isOpen && (
        <Sheet title={portalTitle()} onClose={() => setIsOpen(false)}>
          {others.length > 0 && (
            <nav className={styles.others} aria-label={t("others")}>
              <NavigationLinks entries={others} />
            </nav>
          )}
          <Link className={styles.entry} target={paths.settings()} isSection>
            <Settings2 size={16} strokeWidth={1.75} aria-hidden />
            {t("settings")}
          </Link>
          <ThemeButton />
          <Account />
        </Sheet>
      )}
    </>
  );
}
