import { useOperation } from "#kit/mutation.ts";
import { reason } from "#lib/graphql/failure.ts";
import { toast } from "#ui/toasts.ts";
import { RefreshEntityDocument } from "./EntityActs.generated.ts";
import { t } from "./messages.ts";

/** Reads the source of an entity again, and says how that went. */
export function useRefreshEntity({ ref, displayName: name }: { ref: string; displayName: string }) {
  const { mutate, isPending } = useOperation(RefreshEntityDocument);
  const fail = (why: string) => toast(t("refreshFailed", { name, reason: why }), "danger");
  const refresh = () =>
    mutate(
      { input: { ref } },
      {
        onSuccess: ({ refreshEntity }) => {
          const entity = refreshEntity?.entity;
          if (!entity) toast(t("gone", { name }));
          else if (entity.ingestion.stale) fail(entity.ingestion.error ?? "");
          else toast(t("refreshed", { name }));
        },
        onError: (error) => fail(reason(error)),
      },
    );
  return { refresh, isPending };
}
