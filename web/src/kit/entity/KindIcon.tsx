import styles from "./KindIcon.module.css";
import { danglingLook, kindLook } from "./kinds.ts";

interface KindIconProps {
  kind: string;
  look?: "small" | "tile";
  isDangling?: boolean;
}

/** The icon of a kind in its hue. The kind is named beside it, or in the row, so it is silent. */
export function KindIcon({ kind, look = "small", isDangling = false }: KindIconProps) {
  const { icon: Icon, hue } = isDangling ? danglingLook : kindLook(kind);
  const isTile = look === "tile";
  return (
    <span className={isTile ? `${styles.icon} ${styles.tile}` : styles.icon} data-hue={hue}>
      <Icon size={isTile ? 20 : 14} strokeWidth={isTile ? 1.75 : 2} aria-hidden />
    </span>
  );
}
