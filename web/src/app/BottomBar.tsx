import { useLocation } from "@tanstack/react-router";
import { Menu } from "lucide-react";
import { useState } from "react";
import { defineMessages } from "#lib/i18n/messages.ts";
import { portalTitle } from "#lib/page.ts";
import { Sheet } from "#ui/Sheet.tsx";
import { Account } from "./Account.tsx";
import { NavigationEntries } from "./NavigationEntries.tsx";
import styles from "./Shell.module.css";
import { ThemeButton } from "./ThemeSwitch.tsx";

const t = defineMessages("bottomBar", { main: "Main", more: "More" });

/** The navigation at the bottom of a small screen. */
export function BottomBar() {
  const [isOpen, setIsOpen] = useState(false);
  const { pathname } = useLocation();
  const [shownAt, setShownAt] = useState(pathname);
  if (shownAt !== pathname) {
    setShownAt(pathname);
    setIsOpen(false);
  }
  return (
    <>
      <nav className={styles.bottom} aria-label={t("main")}>
        <NavigationEntries />
        <button type="button" className={styles.entry} aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
          <Menu size={16} strokeWidth={1.75} aria-hidden />
          {t("more")}
        </button>
      </nav>
      {isOpen && (
        <Sheet title={portalTitle()} onClose={() => setIsOpen(false)}>
          <ThemeButton />
          <Account />
        </Sheet>
      )}
    </>
  );
}
