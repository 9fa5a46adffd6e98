import { type ReactNode, useState } from "react";
import { defineMessages } from "#lib/i18n/messages.ts";
import { Button } from "#ui/Button.tsx";

const t = defineMessages("showMore", { all: "Show all {count}" });

const shownAtOnce = 100;

interface ShowMoreProps<Item> {
  items: readonly Item[];
  className: string;
  children: (item: Item) => ReactNode;
}

/** A list, at first only its beginning where it is long. */
export function ShowMore<Item>({ items, className, children }: ShowMoreProps<Item>) {
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? items : items.slice(0, shownAtOnce);
  return (
    <>
      <ul className={className}>{shown.map(children)}</ul>
      {shown.length < items.length && (
        <div>
          <Button size="small" onClick={() => setIsWhole(true)}>
            {t("all", { count: items.length })}
          </Button>
        </div>
      )}
    </>
  );
}
