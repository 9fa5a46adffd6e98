import type { ReactNode } from "react";
import { Link } from "#kit/Link.tsx";
import { PluginBoundary } from "#kit/PluginBoundary.tsx";
import { targetOf } from "#kit/paths.ts";
import { Card } from "#ui/Card.tsx";
import styles from "./Modules.module.css";
import { t } from "./messages.ts";

interface ModuleCardProps {
  module: string;
  title: string;
  isFlush: boolean;
  link: string | undefined;
  children: ReactNode;
}

/** A card of a module; what breaks in it does so under its title. */
export function ModuleCard({ module, title, isFlush, link, children }: ModuleCardProps) {
  const more = link && (
    <Link className={styles.more} target={targetOf(link)} aria-label={t("allOf", { title })}>
      {t("all")}
    </Link>
  );
  return (
    <Card title={title} isFlush={isFlush} {...(more && { action: more })}>
      <PluginBoundary plugin={module} title={title}>
        {children}
      </PluginBoundary>
    </Card>
  );
}
