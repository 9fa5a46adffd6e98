import { ListTree } from "lucide-react";
import { useState } from "react";
import { useMedia } from "#lib/media.ts";
import { Button } from "#ui/Button.tsx";
import { Sheet } from "#ui/Sheet.tsx";
import { t } from "./messages.ts";
import styles from "./Outline.module.css";
import { OutlineNav } from "./OutlineNav.tsx";
import { countItems, type OutlineGroup } from "./outline.ts";

interface OutlinePanelProps {
  entityRef: string;
  groups: OutlineGroup[];
  item: string | undefined;
}

/** What a definition holds: at the left of it, or in a sheet where there is no room. */
export function OutlinePanel(props: OutlinePanelProps) {
  const [isOpen, setIsOpen] = useState(false);
  const isNarrow = useMedia("(max-width: 899px)");
  if (!isNarrow) {
    return (
      <div className={styles.panel}>
        <OutlineNav {...props} />
      </div>
    );
  }
  return (
    <>
      <Button className={styles.opener ?? ""} aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        <ListTree size={14} aria-hidden />
        {props.item ?? t("contentsCount", { count: countItems(props.groups) })}
      </Button>
      {isOpen && (
        <Sheet title={t("contents")} onClose={() => setIsOpen(false)}>
          <div className={styles.inSheet}>
            <OutlineNav {...props} onChosen={() => setIsOpen(false)} />
          </div>
        </Sheet>
      )}
    </>
  );
}
