import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { EntityChip } from "#kit/entity/EntityChip.tsx";
import { FailureNotice } from "#kit/FailureNotice.tsx";
import { rootField } from "#lib/graphql/request.ts";
import { formatNumber } from "#lib/i18n/messages.ts";
import { Button } from "#ui/Button.tsx";
import { Card } from "#ui/Card.tsx";
import { Choice } from "./Choice.tsx";
import { t } from "./messages.ts";
import type { MembersFragment } from "./People.generated.ts";
import styles from "./People.module.css";
import { groupMembers } from "./queries.ts";

/** As many as anybody reads; the rest is said to be there. */
const most = 500;

interface MembersCardProps {
  reference: string;
  /** The first of those who are in the group itself. */
  direct: MembersFragment;
  /** How many are in it or in a group below it. */
  everybody: number;
}

/** Who is in a group: in itself, or in all groups below it, too. */
export function MembersCard({ reference, direct, everybody }: MembersCardProps) {
  // Whoever looks at a department looks for its people.
  const [reach, setReach] = useState<"direct" | "everybody">("direct");
  const [isWhole, setIsWhole] = useState(false);
  const isAtHand = reach === "direct" && (!isWhole || direct.totalCount <= direct.nodes.length);
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...groupMembers(reference, reach === "everybody", isWhole ? most : Math.max(8, direct.nodes.length)),
    enabled: !isAtHand,
    placeholderData: keepPreviousData,
    select: (answer) => rootField(answer, "entity")?.members,
  });
  const members = isAtHand ? direct : (data ?? direct);
  const isBusy = !isAtHand && (!data || isPlaceholderData);
  return (
    <Card
      title={t("members")}
      count={reach === "everybody" ? everybody : direct.totalCount}
      isFlush
      action={
        everybody > direct.totalCount && (
          <Choice
            label={t("reach")}
            value={reach}
            onChange={(value) => {
              setReach(value);
              setIsWhole(false);
            }}
            options={[
              { value: "direct", title: t("direct"), count: formatNumber(direct.totalCount) },
              { value: "everybody", title: t("everybody"), count: formatNumber(everybody) },
            ]}
          />
        )
      }
    >
      {error && !data && !isAtHand ? (
        <FailureNotice what={t("what")} error={error} onRetry={() => refetch()} />
      ) : (
        <ul className={styles.members} aria-label={t("members")} aria-busy={isBusy || undefined}>
          {members.nodes.map((member) => (
            <li key={member.ref} className={styles.member}>
              <EntityChip entity={member} />
              <span className={styles.note} title={member.description ?? undefined}>
                {member.profile?.email ?? member.description}
              </span>
            </li>
          ))}
        </ul>
      )}
      {members.totalCount === 0 && !isBusy && (
        <p className={styles.none}>{everybody > 0 ? t("noDirectMembers", { count: everybody }) : t("noMembers")}</p>
      )}
      {members.totalCount > members.nodes.length && (
        <p className={styles.foot}>
          {isWhole && !isBusy ? (
            t("shown", { shown: members.nodes.length, count: members.totalCount })
          ) : (
            <Button look="quiet" size="small" onClick={() => setIsWhole(true)}>
              {t("showAll", { count: members.totalCount })}
            </Button>
          )}
        </p>
      )}
    </Card>
  );
}
