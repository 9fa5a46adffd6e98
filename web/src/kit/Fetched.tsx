import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Waiting } from "#ui/Waiting.tsx";
import { FailureNotice, StaleNotice } from "./FailureNotice.tsx";

interface FetchedProps<Content> {
  query: UseQueryResult<Content>;
  /** What it is, for a sentence about it. */
  what: string;
  children: (content: Content) => ReactNode;
}

/** Content from the server: its place while it is on its way, why it is not there, or itself, even where it is of before. */
export function Fetched<Content>({ query, what, children }: FetchedProps<Content>) {
  const { data, error, refetch } = query;
  const retry = () => void refetch();
  if (data === undefined) return error ? <FailureNotice what={what} error={error} onRetry={retry} /> : <Waiting />;
  return (
    <>
      {error && <StaleNotice error={error} onRetry={retry} />}
      {children(data)}
    </>
  );
}
