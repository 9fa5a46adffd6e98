import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { EntityRows, WidgetNote } from "#kit/entity/EntityRows.tsx";
import { useSubscription } from "#kit/live.ts";
import { useViewer } from "#kit/viewer.ts";
import { parseEntityRef, shortName } from "#lib/entityRef.ts";
import { useThrottled } from "#lib/throttle.ts";
import { Time } from "#ui/Time.tsx";
import { type Activity, noted } from "./activityLog.ts";
import { HomeActivityDocument } from "./HomeWidgets.generated.ts";
import { t } from "./messages.ts";
import { homeAttention, homeOwned, mine } from "./queries.ts";

const most = 6;
const pause = 5_000;

/** For as long as the page is open, wherever one went meanwhile; of each reader. */
const logs = new Map<string, readonly Activity[]>();

/** What changes in what the viewer owns, as it happens. The server keeps no history of that, so neither does this. */
export function ActivityWidget() {
  const queries = useQueryClient();
  const reader = useViewer()?.ref ?? "";
  const [, setChanges] = useState(0);
  const log = logs.get(reader) ?? [];
  // Where many change at once, as a source that is read anew, they are fetched once.
  const fetchAnew = useThrottled(() => {
    void queries.invalidateQueries({ queryKey: homeOwned().queryKey });
    void queries.invalidateQueries({ queryKey: homeAttention().queryKey });
  }, pause);
  useSubscription(
    HomeActivityDocument,
    { filter: mine },
    {
      next: ({ entityChanged }) => {
        logs.set(reader, noted(logs.get(reader) ?? [], entityChanged, new Date()));
        setChanges((count) => count + 1);
        fetchAnew();
      },
      gap: fetchAnew,
    },
  );
  if (log.length === 0) return <WidgetNote>{t("quiet")}</WidgetNote>;
  const rows = log.slice(0, most).map(({ kind, ref, entity, at }) => ({
    ref,
    kind: entity?.kind ?? parseEntityRef(ref)?.kind ?? "",
    displayName: entity?.displayName ?? shortName(ref),
    change: kind,
    at,
  }));
  return (
    <EntityRows
      entities={rows}
      aside={({ change, at }) => (
        <>
          {t(change)} <Time at={at} />
        </>
      )}
    />
  );
}
