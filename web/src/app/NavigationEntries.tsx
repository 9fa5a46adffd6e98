import { useNavigate } from "@tanstack/react-router";
import type { NavigationEntry } from "#kit/feature.ts";
import { Link } from "#kit/Link.tsx";
import { addressOf } from "#kit/paths.ts";
import { useGranted } from "#kit/permissions.ts";
import { useShortcut } from "#lib/shortcuts.ts";
import { navigation } from "./features.ts";
import styles from "./Shell.module.css";

/** The entries that are for the viewer: all that need no permission until it is known what they have. */
function useEntries(): NavigationEntry[] {
  const granted = useGranted();
  return navigation.filter(({ permissions }) => !permissions || permissions.some((name) => granted?.has(name)));
}

/** The places the features name, as links. */
export function NavigationEntries() {
  return useEntries().map((entry) => <Entry key={addressOf(entry.target)} entry={entry} />);
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
    <Link className={styles.entry} target={target} isSection title={title()}>
      {content}
    </Link>
  );
}

/** `g` and the key of an entry lead to it. */
export function NavigationShortcuts() {
  return useEntries().map((entry) => <Shortcut key={addressOf(entry.target)} entry={entry} />);
}

function Shortcut({ entry: { target, isExternal, shortcut } }: { entry: NavigationEntry }) {
  const navigate = useNavigate();
  useShortcut(`g ${shortcut}`, () => {
    if (isExternal) window.location.assign(addressOf(target));
    else void navigate(target);
  });
  return null;
}
