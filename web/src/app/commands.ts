import {
  Keyboard,
  Languages,
  Link2,
  LogIn,
  LogOut,
  Monitor,
  Moon,
  PanelLeft,
  RefreshCw,
  Rows3,
  Sun,
} from "lucide-react";
import type { Command } from "#kit/feature.ts";
import { paths } from "#kit/paths.ts";
import type { ViewerQuery } from "#kit/viewer.generated.ts";
import { type Appearance, currentAppearance, setAppearance } from "#lib/appearance.ts";
import { copyText } from "#lib/clipboard.ts";
import { chooseLanguage } from "#lib/i18n/language.ts";
import { languages } from "#lib/i18n/languages.ts";
import { defineMessages } from "#lib/i18n/messages.ts";
import { toast } from "#ui/toasts.ts";
import { showShortcuts } from "./shortcutSheet.ts";
import { signOut } from "./signOut.ts";

const t = defineMessages("commands", {
  system: "Use the system's colours",
  light: "Use light colours",
  dark: "Use dark colours",
  themeWords: "theme mode appearance dark light",
  compact: "Make rows compact",
  comfortable: "Make rows comfortable",
  densityWords: "density spacing rows",
  rail: "Collapse or expand the navigation",
  railWords: "sidebar rail menu",
  refresh: "Fetch everything on this page anew",
  refreshWords: "reload refresh",
  copy: "Copy the address of this page",
  copyWords: "link url share",
  copied: "The address is on the clipboard",
  notCopied: "This browser does not let us copy",
  shortcuts: "Show the keyboard shortcuts",
  shortcutsWords: "keys help hotkeys",
  language: "Speak {language}",
  languageWords: "language translation locale",
  signIn: "Sign in",
  signOut: "Sign out",
  signOutWords: "log out logout session",
});

const themes = [
  { theme: "light", icon: Sun },
  { theme: "dark", icon: Moon },
  { theme: "system", icon: Monitor },
] as const;

/** What the frame itself lets one do; signing in and out depend on who is there. */
export function frameCommands(viewer: ViewerQuery["viewer"]): Command[] {
  return [...lasting, ...(viewer?.access === "SESSION" ? [leave] : []), ...(viewer?.isGuest ? [enter] : [])];
}

const lasting: Command[] = [
  ...themes.map(({ theme, icon }) => ({
    id: `theme.${theme}`,
    title: () => t(theme),
    words: () => t("themeWords"),
    icon,
    isOffered: () => currentAppearance().theme !== theme,
    run: () => setAppearance({ theme }),
  })),
  ...(["compact", "comfortable"] as const satisfies Appearance["density"][]).map((density) => ({
    id: `density.${density}`,
    title: () => t(density),
    words: () => t("densityWords"),
    icon: Rows3,
    isOffered: () => currentAppearance().density !== density,
    run: () => setAppearance({ density }),
  })),
  {
    id: "rail",
    title: () => t("rail"),
    words: () => t("railWords"),
    icon: PanelLeft,
    run: () => setAppearance({ rail: currentAppearance().rail === "collapsed" ? "expanded" : "collapsed" }),
  },
  {
    id: "refresh",
    title: () => t("refresh"),
    words: () => t("refreshWords"),
    icon: RefreshCw,
    run: ({ queries }) => queries.invalidateQueries(),
  },
  {
    id: "copy",
    title: () => t("copy"),
    words: () => t("copyWords"),
    icon: Link2,
    run: async () => {
      const isCopied = await copyText(window.location.href);
      toast(t(isCopied ? "copied" : "notCopied"), isCopied ? "ok" : "danger");
    },
  },
  {
    id: "shortcuts",
    title: () => t("shortcuts"),
    words: () => t("shortcutsWords"),
    icon: Keyboard,
    shortcut: "?",
    run: () => showShortcuts(true),
  },
  ...languages.map(({ id, name }) => ({
    id: `language.${id}`,
    title: () => t("language", { language: name }),
    words: () => t("languageWords"),
    icon: Languages,
    isOffered: () => document.documentElement.lang !== id,
    run: () => chooseLanguage(id),
  })),
];

const leave: Command = {
  id: "signOut",
  title: () => t("signOut"),
  words: () => t("signOutWords"),
  icon: LogOut,
  run: signOut,
};

const enter: Command = {
  id: "signIn",
  title: () => t("signIn"),
  icon: LogIn,
  run: ({ navigate }) => navigate(paths.signIn(window.location.pathname + window.location.search)),
};
