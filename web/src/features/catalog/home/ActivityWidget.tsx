import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { EntityRows, WidgetNote } from "#kit/entity/EntityRows.tsx";
import { Fetched } from "#kit/Fetched.tsx";
import { useSubscription } from "#kit/live.ts";
import { useViewer } from "#kit/viewer.ts";
import { parseEntityRef, shortName } from "#lib/entityRef.ts";
import { rootField } from "#lib/graphql/request.ts";
import { useThrottled } from "#lib/throttle.ts";
import { Time } from "#ui/Time.tsx";
import { type Activity, type Line, lines, noted } from "./activityLog.ts";
import { HomeActivityDocument } from "./HomeWidgets.generated.ts";
import { t } from "./messages.ts";
import { homeAttention, homeOwned, homeRecent, mine } from "./queries.ts";

const most = 6;
const pause = 5_000;

/** For as long as the page is open, wherever one went meanwhile; of each reader. */
const logs = new Map<string, readonly Activity[]>();

/** What changed last in what the viewer owns, and what changes as it happens, what goes included. */
export function ActivityWidget() {
  const queries = useQueryClient();
  const reader = useViewer()?.ref ?? "";
  const recent = useQuery({ ...homeRecent(), select: (answer) => rootField(answer, "recentlyChanged") });
  const [, setChanges] = useState(0);
  // Where many change at once, as a source that is read anew, they are fetched once.
  const fetchAnew = useThrottled(() => {
    for (const query of [homeOwned(), homeAttention(), homeRecent()]) {
      void queries.invalidateQueries({ queryKey: query.queryKey });
    }
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
  return (
    <Fetched query={recent} what={t("activity")}>
      {(changes) => <Lines all={lines(logs.get(reader) ?? [], changes)} />}
    </Fetched>
  );
}

function Lines({ all }: { all: readonly Line[] }) {
  if (all.length === 0) return <WidgetNote>{t("quiet")}</WidgetNote>;
  const rows = all.slice(0, most).map(({ kind, ref, entity, at }) => ({
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
          {change && t(change)} <Time at={at} />
        </>
      )}
    />
  );
}
