import { ExternalLink, Plus, X } from "lucide-react";
import { useState } from "react";
import { WidgetNote } from "#kit/entity/EntityRows.tsx";
import type { Setting } from "#kit/settings/settingStore.ts";
import { useSetting } from "#kit/settings/useSetting.ts";
import { Button } from "#ui/Button.tsx";
import { toast } from "#ui/toasts.ts";
import { t } from "../messages.ts";
import { AddLinkDialog } from "./AddLinkDialog.tsx";
import styles from "./LinksWidget.module.css";
import { type KeptLink, mostLinks, readLinks, withLink, withoutLink } from "./links.ts";

const setting: Setting<readonly KeptLink[]> = { key: "home.links", read: readLinks };

/** Addresses that somebody keeps for themselves. */
export function LinksWidget() {
  const { value: links, isKnown, change } = useSetting(setting);
  const [isAdding, setIsAdding] = useState(false);
  const remove = (link: KeptLink, at: number) => {
    change((links) => withoutLink(links, link));
    toast(t("linkRemoved", { title: link.title }), "ok", { undo: () => change((now) => withLink(now, link, at)) });
  };
  return (
    <>
      {isKnown && links.length === 0 && <WidgetNote>{t("noLinks")}</WidgetNote>}
      {links.length > 0 && (
        <ul className={styles.links}>
          {links.map((link, at) => (
            <li key={`${link.address} ${link.title}`}>
              <a href={link.address} rel="noreferrer">
                {link.title}
                {!link.address.startsWith("/") && <ExternalLink size={12} aria-hidden />}
              </a>
              <Button
                look="quiet"
                size="small"
                isIcon
                aria-label={t("removeLink", { title: link.title })}
                onClick={() => remove(link, at)}
              >
                <X size={14} aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.add}>
        {links.length < mostLinks ? (
          <Button size="small" onClick={() => setIsAdding(true)}>
            <Plus size={14} aria-hidden />
            {t("addLink")}
          </Button>
        ) : (
          <WidgetNote>{t("linksFull", { most: mostLinks })}</WidgetNote>
        )}
      </div>
      {isAdding && (
        <AddLinkDialog
          onClose={() => setIsAdding(false)}
          onAdd={(link) => {
            change((links) => withLink(links, link));
            setIsAdding(false);
          }}
        />
      )}
    </>
  );
}
