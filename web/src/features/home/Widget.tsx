import { type ReactNode, Suspense } from "react";
import { Link } from "#kit/Link.tsx";
import { PluginBoundary } from "#kit/PluginBoundary.tsx";
import { Card } from "#ui/Card.tsx";
import { Waiting } from "#ui/Waiting.tsx";
import styles from "./HomePage.module.css";
import { t } from "./messages.ts";
import type { Shown } from "./useLayout.ts";

/** A box of the home page; one that breaks costs its own place only. */
export function Widget({ widget, action, isBare = false }: { widget: Shown; action?: ReactNode; isBare?: boolean }) {
  const { id, plugin, title, target, width, component: Content } = widget;
  const more = target && (
    <Link className={styles.more} target={target} aria-label={t("allOf", { title: title() })}>
      {t("all")}
    </Link>
  );
  return (
    <div className={styles.widget} data-width={width} data-widget={id}>
      <Card title={title()} action={action ?? more} isFlush>
        <div className={styles.content} inert={isBare}>
          <PluginBoundary plugin={plugin} title={title()}>
            <Suspense fallback={<Waiting />}>
              <Content />
            </Suspense>
          </PluginBoundary>
        </div>
      </Card>
    </div>
  );
}
