import { Plus } from "lucide-react";
import { Popover } from "#ui/Popover.tsx";
import styles from "./HomePage.module.css";
import { t } from "./messages.ts";
import type { useLayout } from "./useLayout.ts";

type Other = ReturnType<typeof useLayout>["others"][number];

/** The boxes that are not on the page, to be put there. */
export function AddWidget({ widgets, onAdd }: { widgets: Other[]; onAdd: (widget: Other) => void }) {
  return (
    <Popover
      label={t("add")}
      trigger={
        <>
          <Plus size={14} aria-hidden />
          {t("add")}
        </>
      }
    >
      {widgets.length === 0 && <p className={styles.nothingToAdd}>{t("addAll")}</p>}
      {widgets.map((widget) => {
        const { id, title, text, icon: Icon } = widget;
        return (
          <button key={id} type="button" className={styles.offer} data-menu-item onClick={() => onAdd(widget)}>
            <Icon size={16} aria-hidden />
            <span>
              <span className={styles.offerTitle}>{title()}</span>
              <span className={styles.offerText}>{text()}</span>
            </span>
          </button>
        );
      })}
    </Popover>
  );
}
