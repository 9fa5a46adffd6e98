import { defineMessages } from "#lib/i18n/messages.ts";
import { keyFaces, type Shortcut } from "#lib/shortcutKeys.ts";
import { isApple, useShortcuts } from "#lib/shortcuts.ts";
import { Dialog } from "#ui/Dialog.tsx";
import { Keys } from "#ui/Keys.tsx";
import styles from "./ShortcutSheet.module.css";
import { showShortcuts, useShortcutsShown } from "./shortcutSheet.ts";

const t = defineMessages("shortcutSheet", {
  title: "Keyboard shortcuts",
  everywhere: "Everywhere",
  places: "Go to",
  page: "On this page",
  after: "then",
});

/** What the keys do here. */
export function ShortcutSheet() {
  const isShown = useShortcutsShown();
  if (!isShown) return null;
  return (
    <Dialog title={t("title")} size="wide" onClose={() => showShortcuts(false)}>
      <Lists />
    </Dialog>
  );
}

function Lists() {
  const shortcuts = useShortcuts().filter(({ title }) => title !== undefined);
  const page = shortcuts.filter(({ scope }) => scope === "page");
  const isTaken = (keys: string) => page.some((one) => one.keys === keys);
  const general = shortcuts.filter((one) => one.scope === "everywhere" && !(one.isFallback && isTaken(one.keys)));
  const isPlace = ({ keys }: Shortcut) => keys.startsWith("g ");
  const lists = [
    { id: "page", title: t("page"), entries: page },
    { id: "everywhere", title: t("everywhere"), entries: general.filter((one) => !isPlace(one)) },
    { id: "places", title: t("places"), entries: general.filter(isPlace) },
  ];
  return (
    <div className={styles.lists}>
      {lists
        .filter(({ entries }) => entries.length > 0)
        .map(({ id, title, entries }) => (
          <section key={id} aria-labelledby={`shortcuts-${id}`}>
            <h3 id={`shortcuts-${id}`} className={styles.heading}>
              {title}
            </h3>
            <dl className={styles.list}>
              {byTitle(entries).map(({ what, keys }) => (
                <div key={what} className={styles.entry}>
                  <dt>{what}</dt>
                  {keys.map((one) => (
                    <dd key={one}>
                      <span className="visually-hidden">{spokenKeys(one)}</span>
                      <span aria-hidden="true">
                        <Keys keys={one} />
                      </span>
                    </dd>
                  ))}
                </div>
              ))}
            </dl>
          </section>
        ))}
    </div>
  );
}

/** Several ways to the same are one line. */
function byTitle(shortcuts: readonly Shortcut[]): { what: string; keys: string[] }[] {
  const lines = new Map<string, Set<string>>();
  for (const { title = "", keys } of shortcuts) lines.set(title, (lines.get(title) ?? new Set()).add(keys));
  return [...lines].map(([what, keys]) => ({ what, keys: [...keys] }));
}

function spokenKeys(keys: string): string {
  return keys
    .split(" ")
    .map((key) => keyFaces(key, isApple()).join(" + "))
    .join(` ${t("after")} `);
}
