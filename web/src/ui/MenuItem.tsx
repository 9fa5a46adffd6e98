import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./MenuItem.module.css";

interface MenuItemProps {
  icon: LucideIcon;
  onClick: () => void;
  children: ReactNode;
}

/** Something to choose from a `Popover`, which it closes. */
export function MenuItem({ icon: Icon, onClick, children }: MenuItemProps) {
  return (
    <button type="button" className={styles.item} data-menu-item onClick={onClick}>
      <Icon size={14} aria-hidden />
      {children}
    </button>
  );
}
