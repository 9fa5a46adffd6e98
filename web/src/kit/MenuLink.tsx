import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import styles from "#ui/MenuItem.module.css";
import { Link } from "./Link.tsx";
import type { Target } from "./paths.ts";

/** A place in the portal, among what can be chosen from a `Popover`. */
export function MenuLink({ icon: Icon, target, children }: { icon: LucideIcon; target: Target; children: ReactNode }) {
  return (
    <Link className={styles.item} target={target}>
      <Icon size={14} aria-hidden />
      {children}
    </Link>
  );
}
