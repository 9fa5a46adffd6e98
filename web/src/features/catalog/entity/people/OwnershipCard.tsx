import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { FailureNotice } from "#kit/FailureNotice.tsx";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { rootField } from "#lib/graphql/request.ts";
import { Card } from "#ui/Card.tsx";
import action from "../CardAction.module.css";
import { Choice } from "./Choice.tsx";
import { t } from "./messages.ts";
import { mostOwners, OwnedTiles } from "./OwnedTiles.tsx";
import { type Owned, ownedByKind } from "./owned.ts";
import styles from "./People.module.css";
import { ownedTogether } from "./queries.ts";

interface OwnershipCardProps {
  reference: string;
  own: Owned;
  /** The group and all that is known below it. */
  below: readonly string[];
}

/** What a group is in charge of: itself, or with all groups below it. */
export function OwnershipCard({ reference, own, below }: OwnershipCardProps) {
  const [reach, setReach] = useState<"direct" | "everybody">("direct");
  const isAll = reach === "everybody";
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...ownedTogether(below),
    enabled: isAll,
    placeholderData: keepPreviousData,
    select: (answer) => ({ ...answer.data, owned: rootField(answer, "owned") }),
  });
  const owners = isAll ? below : [reference];
  const counts = isAll && data?.owned ? { ...data, owned: data.owned } : own;
  const isBusy = isAll && (!data || isPlaceholderData);
  return (
    <Card
      title={t("ownership")}
      count={counts.owned.totalCount}
      isFlush
      action={
        <div className={styles.actions}>
          {below.length > 1 && (
            <Choice
              label={t("reach")}
              value={reach}
              onChange={setReach}
              options={[
                { value: "direct", title: t("direct") },
                { value: "everybody", title: t("everybody") },
              ]}
            />
          )}
          {counts.owned.totalCount > 0 && owners.length <= mostOwners && !isBusy && (
            <Link className={action.action} target={paths.catalog({ owner: owners })}>
              {t("all", { count: counts.owned.totalCount })}
            </Link>
          )}
        </div>
      }
    >
      {error && isAll && !data ? (
        <FailureNotice what={t("owned")} error={error} onRetry={() => refetch()} />
      ) : (
        <div aria-busy={isBusy || undefined}>
          {counts.owned.totalCount > 0 ? (
            <OwnedTiles owned={ownedByKind(counts)} owners={owners} />
          ) : (
            <p className={styles.none}>{t(below.length > 1 && !isAll ? "ownsNothingYet" : "ownsNothing")}</p>
          )}
        </div>
      )}
    </Card>
  );
}
