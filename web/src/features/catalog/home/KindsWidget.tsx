import { useQuery } from "@tanstack/react-query";
import { WidgetNote } from "#kit/entity/EntityRows.tsx";
import { KindIcon } from "#kit/entity/KindIcon.tsx";
import { countOfKind } from "#kit/entity/kinds.ts";
import { Fetched } from "#kit/Fetched.tsx";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { rootField } from "#lib/graphql/request.ts";
import { t } from "./messages.ts";
import { homeKinds } from "./queries.ts";
import styles from "./Widgets.module.css";

/** What there is in the catalog, by kind. */
export function KindsWidget() {
  const query = useQuery({ ...homeKinds(), select: (answer) => rootField(answer, "entityKinds") });
  return (
    <Fetched query={query} what={t("kinds")}>
      {(kinds) => {
        if (!kinds || kinds.length === 0) return <WidgetNote>{t("noKinds")}</WidgetNote>;
        return (
          <div className={styles.kinds}>
            {kinds.map(({ kind, count }) => (
              <Link key={kind} className={styles.kind} target={paths.catalog({ kind: [kind.toLowerCase()] })}>
                <KindIcon kind={kind} />
                {countOfKind(count, kind)}
              </Link>
            ))}
          </div>
        );
      }}
    </Fetched>
  );
}
