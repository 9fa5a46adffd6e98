import { useQuery } from "@tanstack/react-query";
import { EntityRows, WidgetNote } from "#kit/entity/EntityRows.tsx";
import { Fetched } from "#kit/Fetched.tsx";
import { rootField } from "#lib/graphql/request.ts";
import { t } from "./messages.ts";
import { homeStarred } from "./queries.ts";
import { SignInNote } from "./SignInNote.tsx";

const most = 8;

/** What the viewer starred, the latest first. */
export function StarredWidget() {
  const query = useQuery({ ...homeStarred(), select: (answer) => rootField(answer, "viewer") });
  return (
    <Fetched query={query} what={t("starred")}>
      {(viewer) => {
        if (!viewer?.starred) return <SignInNote text={t("signInForStars")} />;
        if (viewer.starred.length === 0) return <WidgetNote>{t("noneStarred")}</WidgetNote>;
        return <EntityRows entities={viewer.starred.slice(0, most)} aside={({ type, ref }) => type ?? ref} />;
      }}
    </Fetched>
  );
}
