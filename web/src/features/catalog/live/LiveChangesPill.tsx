import { ArrowUp } from "lucide-react";
import { Button } from "#ui/Button.tsx";
import { t } from "../messages.ts";
import styles from "./LiveChangesPill.module.css";
import type { LiveChanges } from "./liveList.ts";

/** Says that rows have come, gone or moved meanwhile, and shows them when asked to. It floats, so that nothing moves. */
export function LiveChangesPill({ changes: { count, show } }: { changes: LiveChanges }) {
  return (
    <div className={styles.place} role="status">
      {count > 0 && (
        <Button className={styles.pill} look="primary" size="small" onClick={show}>
          <ArrowUp size={12} aria-hidden />
          {t("changes", { count })}
        </Button>
      )}
    </div>
  );
}
