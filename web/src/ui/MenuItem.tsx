import { ExternalLink, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Keys } from "./Keys.tsx";
import styles from "./MenuItem.module.css";

interface MenuItemProps {
  icon: LucideIcon;
  /** The keys that do the same. */
  keys?: string;
  onClick: () => void;
  children: ReactNode;
}

/** Something to choose from a `Popover`, which it closes. */
export function MenuItem({ icon: Icon, keys, onClick, children }: MenuItemProps) {
  return (
    <button type="button" className={styles.item} data-menu-item onClick={onClick}>
      <Icon size={14} aria-hidden />
      {children}
      {keys && (
        <span className={styles.end} aria-hidden>
          <Keys keys={keys} />
        </span>
      )}
    </button>
  );
}

/** A way out of the portal, among what can be chosen from a `Popover`. */
export function MenuAnchor({ icon: Icon, href, children }: { icon: LucideIcon; href: string; children: ReactNode }) {
  return (
    <a className={styles.item} href={href} target="_blank" rel="noreferrer">
      <Icon size={14} aria-hidden />
      {children}
      <span className={styles.end}>
        <ExternalLink size={12} aria-hidden />
      </span>
    </a>
  );
}

/** A line between what belongs together in a menu. */
export function MenuDivider() {
  return <hr className={styles.divider} />;
}
