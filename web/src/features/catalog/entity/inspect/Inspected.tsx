import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FailureNotice } from "#kit/FailureNotice.tsx";
import { rootField } from "#lib/graphql/request.ts";
import { Waiting } from "#ui/Waiting.tsx";
import type { InspectionQuery } from "./Inspect.generated.ts";
import { t } from "./messages.ts";
import { inspection } from "./queries.ts";

/** What is known of the entity that is inspected. */
export type InspectedEntity = NonNullable<InspectionQuery["entity"]>;

interface InspectedProps {
  reference: string;
  children: (entity: InspectedEntity) => ReactNode;
}

/** Fetches once what several parts of the inspection tell of. */
export function Inspected({ reference, children }: InspectedProps) {
  const { data, error, refetch } = useQuery({
    ...inspection(reference),
    select: (answer) => rootField(answer, "entity"),
  });
  if (error && !data) return <FailureNotice what={t("what")} error={error} onRetry={() => refetch()} />;
  return data ? children(data) : <Waiting />;
}
