import { useNavigate } from "@tanstack/react-router";
import type { NavigationEntry } from "#kit/feature.ts";
import { Link } from "#kit/Link.tsx";
import { PluginBoundary } from "#kit/PluginBoundary.tsx";
import { addressOf, paths } from "#kit/paths.ts";
import { defineMessages } from "#lib/i18n/messages.ts";
import { useShortcut } from "#lib/shortcuts.ts";
import { useEntries, useEntryGroups } from "./navigation.ts";
import styles from "./Shell.module.css";

const t = defineMessages("navigation", { explore: "Explore", tools: "Tools", manage: "Manage" });

const headings = { explore: () => t("explore"), tools: () => t("tools"), manage: () => t("manage") };

/** The places that features name, as links, in their groups. */
export function NavigationGroups() {
  return useEntryGroups().map(({ group, entries }, position) => (
    <div key={group} className={styles.group}>
      {position > 0 && (
        <div className={styles.heading}>
          <span className={styles.label}>{headings[group]()}</span>
        </div>
      )}
      <NavigationLinks entries={entries} />
    </div>
  ));
}

/** Some of them. An entry that cannot be drawn is left out. */
export function NavigationLinks({ entries }: { entries: readonly NavigationEntry[] }) {
  return entries.map((entry) => (
    <PluginBoundary key={addressOf(entry.target)} plugin="navigation">
      <Entry entry={entry} />
    </PluginBoundary>
  ));
}

function Entry({ entry }: { entry: NavigationEntry }) {
  const { title, icon: Icon, target, isExternal, shortcut } = entry;
  const content = (
    <>
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      <span className={styles.label}>{title()}</span>
      {shortcut && (
        <span className={`${styles.key} ${styles.label}`} aria-hidden="true">
          g {shortcut}
        </span>
      )}
    </>
  );
  if (isExternal) {
    return (
      <a className={styles.entry} href={addressOf(target)} title={title()}>
        {content}
      </a>
    );
  }
  return (
    <Link className={styles.entry} target={target} isSection={target.to !== paths.home().to} title={title()}>
      {content}
    </Link>
  );
}

/** `g` and the key of an entry lead to it. */
export function NavigationShortcuts() {
  return useEntries().map((entry) => (
    <PluginBoundary key={addressOf(entry.target)} plugin="navigation">
      {entry.shortcut && <Shortcut entry={entry} keys={`g ${entry.shortcut}`} />}
    </PluginBoundary>
  ));
}

function Shortcut({ entry, keys }: { entry: NavigationEntry; keys: string }) {
  const { title, target, isExternal } = entry;
  const navigate = useNavigate();
  const go = () => {
    if (isExternal) window.location.assign(addressOf(target));
    else void navigate(target);
  };
  useShortcut(keys, go, { title: title(), scope: "everywhere" });
  return null;
}
