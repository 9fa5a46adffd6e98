import { Bookmark, BookmarkPlus, Check, ListX } from "lucide-react";
import { useState } from "react";
import { Link } from "#kit/Link.tsx";
import type { Setting } from "#kit/settings/settingStore.ts";
import { useSetting } from "#kit/settings/useSetting.ts";
import { MenuItem } from "#ui/MenuItem.tsx";
import { NameDialog } from "#ui/NameDialog.tsx";
import { Popover } from "#ui/Popover.tsx";
import { toast } from "#ui/toasts.ts";
import type { CatalogSearch } from "./catalogSearch.ts";
import { useColumns } from "./columns.ts";
import { useListTarget } from "./listPlace.ts";
import { ManageViewsDialog } from "./ManageViewsDialog.tsx";
import { t } from "./messages.ts";
import styles from "./ViewsMenu.module.css";
import { longestName, mostViews, readViews, type SavedView, viewLike, withoutView, withView } from "./views.ts";

const setting: Setting<readonly SavedView[]> = { key: "catalog.views", read: readViews };

/** The lists that somebody named, and the way to name this one. */
export function ViewsMenu({ search }: { search: CatalogSearch }) {
  const { value: views, change } = useSetting(setting);
  const [asked, setAsked] = useState<"save" | "manage" | null>(null);
  const target = useListTarget();
  const columns = [...useColumns(search)];
  const current = viewLike(views, { ...search, columns });
  return (
    <>
      <Popover
        label={t("viewsOpen")}
        trigger={
          <>
            <Bookmark size={14} aria-hidden />
            <span className={styles.current}>{current?.name ?? t("views")}</span>
          </>
        }
      >
        {views.length === 0 && <p className={styles.none}>{t("noViews")}</p>}
        <ul className={styles.views}>
          {views.map((view) => (
            <li key={view.name}>
              <Link
                className={styles.view}
                target={target(view.search)}
                aria-current={view === current ? "true" : undefined}
              >
                <span>{view.name}</span>
                {view === current && <Check size={14} aria-hidden />}
              </Link>
            </li>
          ))}
        </ul>
        <div className={styles.acts}>
          <MenuItem icon={BookmarkPlus} onClick={() => setAsked("save")}>
            {t("saveView")}
          </MenuItem>
          {views.length > 0 && (
            <MenuItem icon={ListX} onClick={() => setAsked("manage")}>
              {t("manageViews")}
            </MenuItem>
          )}
        </div>
      </Popover>
      {asked === "save" && (
        <NameDialog
          title={t("saveView")}
          hint={t("saveViewText")}
          initial={current?.name ?? ""}
          longest={longestName}
          problemOf={(name) =>
            withoutView(views, name).length >= mostViews ? t("tooMany", { most: mostViews }) : undefined
          }
          onClose={() => setAsked(null)}
          onSave={(name) => {
            change((views) => withView(views, name, { ...search, columns }));
            toast(t("viewSaved", { name }));
            setAsked(null);
          }}
        />
      )}
      {asked === "manage" && <ManageViewsDialog views={views} onChange={change} onClose={() => setAsked(null)} />}
    </>
  );
}
