import { Monitor, Moon, Sun } from "lucide-react";
import { type Appearance, setAppearance, useAppearance } from "#lib/appearance.ts";
import { defineMessages } from "#lib/i18n/messages.ts";
import styles from "./Shell.module.css";

const t = defineMessages("theme", {
  system: "System colours",
  light: "Light colours",
  dark: "Dark colours",
  change: "{current}; change to {next}",
});

const order = ["system", "light", "dark"] as const satisfies Appearance["theme"][];
const icons = { system: Monitor, light: Sun, dark: Moon };

/** Goes from the system's colours to light ones, to dark ones, and round again. */
export function ThemeButton({ isIcon = false }: { isIcon?: boolean }) {
  const { theme } = useAppearance();
  const next = order[(order.indexOf(theme) + 1) % order.length] ?? "system";
  const Icon = icons[theme];
  const label = t("change", { current: t(theme), next: t(next) });
  return (
    <button
      type="button"
      className={styles.entry}
      aria-label={label}
      title={label}
      onClick={() => setAppearance({ theme: next })}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      {!isIcon && <span className={styles.label}>{t(theme)}</span>}
    </button>
  );
}
