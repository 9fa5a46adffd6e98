import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { type AnyRoute, type ErrorComponentProps, useMatch, useRouter } from "@tanstack/react-router";
import { FailureNotice } from "#kit/FailureNotice.tsx";
import { NotFound } from "#kit/NotFound.tsx";
import { PageTitle } from "#kit/PageTitle.tsx";
import { Failure } from "#lib/graphql/failure.ts";
import { defineMessages } from "#lib/i18n/messages.ts";
import { ownerOf } from "./pluginPages.ts";

const t = defineMessages("pageFailure", { page: "This page", title: "Something went wrong" });

/** In place of a page that failed; the shell around it still works. */
export function PageFailure({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const { routeId } = useMatch({ strict: false });
  const route = (router.routesById as Record<string, AnyRoute>)[routeId];
  const { reset: resetQueries } = useQueryErrorResetBoundary();
  const retry = () => {
    resetQueries();
    reset();
    void router.invalidate();
  };
  // An address the server cannot even read leads nowhere.
  if (error instanceof Failure && (error.code === "BAD_USER_INPUT" || error.code === "NOT_FOUND")) return <NotFound />;
  return (
    <>
      <PageTitle title={t("title")} />
      <h1 className="visually-hidden">{t("title")}</h1>
      <FailureNotice what={t("page")} error={error} plugin={ownerOf(route)} onRetry={retry} />
    </>
  );
}
