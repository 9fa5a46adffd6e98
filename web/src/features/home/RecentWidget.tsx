import { EntityRows, WidgetNote } from "#kit/entity/EntityRows.tsx";
import { useRecents } from "#kit/recents.ts";
import { t } from "./messages.ts";

const most = 6;

/** What the reader looked at last. */
export function RecentWidget() {
  const recents = useRecents().slice(0, most);
  if (recents.length === 0) return <WidgetNote>{t("noRecents")}</WidgetNote>;
  return <EntityRows entities={recents} />;
}
