import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { FailureNotice } from "#kit/FailureNotice.tsx";
import { NotFound } from "#kit/NotFound.tsx";
import { PageTitle } from "#kit/PageTitle.tsx";
import { usePageQuery } from "#kit/pageQuery.ts";
import { rootField } from "#lib/graphql/request.ts";
import { Waiting } from "#ui/Waiting.tsx";
import { rolePage } from "../queries.ts";
import { t } from "./messages.ts";
import { RoleEditor } from "./RoleEditor.tsx";

/** One role: who has it and what it grants. */
export function RolePage() {
  const { role: name = "" } = useParams({ strict: false }) as { role?: string };
  usePageQuery(rolePage(name));
  const { data, error, isPending, refetch } = useQuery({
    ...rolePage(name),
    select: (answer) => rootField(answer, "role"),
  });
  if (data) return <RoleEditor key={data.name} role={data} />;
  if (data === null) return <NotFound />;
  return (
    <>
      <PageTitle title={name} />
      <h1 className="visually-hidden">{name}</h1>
      {isPending && <Waiting />}
      {error && <FailureNotice what={t("whatRole")} error={error} onRetry={() => refetch()} />}
    </>
  );
}
