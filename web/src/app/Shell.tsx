import { Navigate, Outlet } from "@tanstack/react-router";
import { type MouseEvent, useState } from "react";
import { FeaturesContext } from "#kit/feature.ts";
import { PluginBoundary } from "#kit/PluginBoundary.tsx";
import { paths } from "#kit/paths.ts";
import { useCurrentPlace } from "#kit/place.ts";
import { defineMessages } from "#lib/i18n/messages.ts";
import { Toasts } from "#ui/Toasts.tsx";
import { BottomBar } from "./BottomBar.tsx";
import { ConnectionNotice } from "./ConnectionNotice.tsx";
import { useAllFeatures } from "./features.ts";
import { useKeptFocus } from "./keptFocus.ts";
import { NavigationShortcuts } from "./NavigationEntries.tsx";
import { usePageFocus } from "./pageFocus.ts";
import { CommandShortcuts, PaletteHost } from "./palette/PaletteHost.tsx";
import { Rail } from "./Rail.tsx";
import { SessionNotice } from "./SessionNotice.tsx";
import styles from "./Shell.module.css";
import { ShortcutSheet } from "./ShortcutSheet.tsx";
import { useArrival } from "./useArrival.ts";
import { useModuleStart } from "./useModuleStart.ts";

const t = defineMessages("shell", { skip: "Skip to content" });

/** What stays around every page; those whom the server does not know are led to the sign-in, and back afterwards. */
export function Shell() {
  return (
    <FeaturesContext value={useAllFeatures()}>
      <Frame />
    </FeaturesContext>
  );
}

function Frame() {
  const main = usePageFocus();
  useKeptFocus(main);
  const { mustSignIn, hasSessionEnded } = useArrival();
  useModuleStart(mustSignIn);
  const skip = (event: MouseEvent) => {
    event.preventDefault();
    main.current?.focus();
  };
  if (mustSignIn) return <SignInFirst />;
  return (
    <>
      <NavigationShortcuts />
      <CommandShortcuts />
      <div className={styles.shell}>
        {/* biome-ignore lint/a11y/useValidAnchor: it does lead to an anchor, but needs no place in the history */}
        <a className={`${styles.skip} visually-hidden`} href="#main" onClick={skip}>
          {t("skip")}
        </a>
        <Rail />
        <main ref={main} id="main" className={styles.main} tabIndex={-1}>
          {hasSessionEnded && <SessionNotice />}
          <Outlet />
        </main>
        <BottomBar />
        <Toasts />
        <ConnectionNotice />
        <PluginBoundary plugin="palette">
          <PaletteHost />
        </PluginBoundary>
        <ShortcutSheet />
      </div>
    </>
  );
}

/** Leads to the sign-in, and from there back to the place that was asked for. */
function SignInFirst() {
  const place = useCurrentPlace();
  // What was asked for, not what is open once one is led away.
  const [asked] = useState(place);
  return <Navigate {...paths.signIn(asked)} replace />;
}
