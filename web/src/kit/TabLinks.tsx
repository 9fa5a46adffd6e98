import { useLocation } from "@tanstack/react-router";
import type { LucideIcon } from "lucide-react";
import { useLayoutEffect, useRef } from "react";
import { Link } from "./Link.tsx";
import type { Target } from "./paths.ts";
import styles from "./TabLinks.module.css";

interface TabLinksProps {
  label: string;
  tabs: readonly { title: string; target: Target; icon?: LucideIcon; isSection?: boolean }[];
}

/** Parts of one place, each with an address. */
export function TabLinks({ label, tabs }: TabLinksProps) {
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // Where there is no room for all, the current one is in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: which one is current follows from the address
  useLayoutEffect(() => {
    const current = nav.current?.querySelector<HTMLElement>("[aria-current=page]");
    if (nav.current && current) nav.current.scrollLeft = current.offsetLeft - nav.current.clientWidth / 3;
  }, [pathname, tabs.length]);
  return (
    <nav ref={nav} className={styles.tabs} aria-label={label}>
      {tabs.map(({ title, target, icon: Icon, isSection = true }) => (
        <Link key={target.to} className={styles.tab} target={target} isSection={isSection}>
          {Icon && <Icon size={14} aria-hidden />}
          {title}
        </Link>
      ))}
    </nav>
  );
}
