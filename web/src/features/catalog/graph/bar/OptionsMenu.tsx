import { SlidersHorizontal } from "lucide-react";
import { Checkbox, Choice } from "#ui/Field.tsx";
import { Popover } from "#ui/Popover.tsx";
import { changed, type GraphSearch } from "../graphSearch.ts";
import { t } from "../messages.ts";
import styles from "./GraphBar.module.css";
import type { Go } from "./GraphBar.tsx";

/** What is seldom changed. */
export function OptionsMenu({ search, go }: { search: GraphSearch; go: Go }) {
  return (
    <Popover label={t("options")} isIcon trigger={<SlidersHorizontal size={16} aria-hidden />}>
      <div className={styles.options}>
        <Choice
          label={t("follow")}
          value={search.follow ?? "both"}
          options={(["both", "outgoing", "incoming", "dependents"] as const).map((value) => ({
            value,
            label: t(value),
          }))}
          onChange={(follow) => go(changed(search, { follow: follow === "both" ? undefined : follow }))}
        />
        <Checkbox
          label={t("split")}
          hint={t("splitHint")}
          checked={search.pairs === "split"}
          onChange={({ target }) => go(changed(search, { pairs: target.checked ? "split" : undefined }))}
        />
      </div>
    </Popover>
  );
}
