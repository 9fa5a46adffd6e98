import { useQuery } from "@tanstack/react-query";
import { EntityRows, WidgetNote } from "#kit/entity/EntityRows.tsx";
import { KindIcon } from "#kit/entity/KindIcon.tsx";
import { countOfKind } from "#kit/entity/kinds.ts";
import { Fetched } from "#kit/Fetched.tsx";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { useIsStranger } from "#kit/viewer.ts";
import { rootField } from "#lib/graphql/request.ts";
import { LifecycleBadge } from "../LifecycleBadge.tsx";
import { t } from "./messages.ts";
import { homeOwned } from "./queries.ts";
import { SignInNote } from "./SignInNote.tsx";
import styles from "./Widgets.module.css";

/** What the viewer, or a group of theirs, owns. */
export function OwnedWidget() {
  const query = useQuery({ ...homeOwned(), select: (answer) => rootField(answer, "entities") });
  const isStranger = useIsStranger();
  return (
    <Fetched query={query} what={t("owned")}>
      {(entities) => {
        if (!entities || entities.totalCount === 0) {
          return isStranger ? <SignInNote text={t("signInForOwned")} /> : <WidgetNote>{t("noneOwned")}</WidgetNote>;
        }
        return (
          <>
            <div className={styles.counts}>
              {entities.facets[0]?.values.map(({ value, count }) => (
                <Link
                  key={value}
                  className={styles.count}
                  target={paths.catalog({ show: "owned", kind: [value.toLowerCase()] })}
                >
                  <KindIcon kind={value} />
                  {countOfKind(count, value)}
                </Link>
              ))}
            </div>
            <EntityRows
              entities={entities.nodes}
              aside={({ lifecycle, type }) => (lifecycle ? <LifecycleBadge lifecycle={lifecycle} /> : type)}
            />
          </>
        );
      }}
    </Fetched>
  );
}
