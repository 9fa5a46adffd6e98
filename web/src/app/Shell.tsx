import { Outlet } from "@tanstack/react-router";
import type { MouseEvent } from "react";
import { FeaturesContext } from "#kit/feature.ts";
import { defineMessages } from "#lib/i18n/messages.ts";
import { BottomBar } from "./BottomBar.tsx";
import { features } from "./features.ts";
import { NavigationShortcuts } from "./NavigationEntries.tsx";
import { usePageFocus } from "./pageFocus.ts";
import { Rail } from "./Rail.tsx";
import styles from "./Shell.module.css";

const t = defineMessages("shell", { skip: "Skip to content" });

/** What stays around every page. */
export function Shell() {
  const main = usePageFocus();
  const skip = (event: MouseEvent) => {
    event.preventDefault();
    main.current?.focus();
  };
  return (
    <FeaturesContext value={features}>
      <NavigationShortcuts />
      <div className={styles.shell}>
        {/* biome-ignore lint/a11y/useValidAnchor: it does lead to an anchor, but needs no place in the history */}
        <a className={`${styles.skip} visually-hidden`} href="#main" onClick={skip}>
          {t("skip")}
        </a>
        <Rail />
        <main ref={main} id="main" className={styles.main} tabIndex={-1}>
          <Outlet />
        </main>
        <BottomBar />
      </div>
    </FeaturesContext>
  );
}
