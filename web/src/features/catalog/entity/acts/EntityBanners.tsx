import { useState } from "react";
import { Button } from "#ui/Button.tsx";
import { Banner } from "#ui/Notice.tsx";
import { Prose } from "#ui/Prose.tsx";
import { Time } from "#ui/Time.tsx";
import type { EntityIngestionFragment } from "../EntityIngestion.generated.ts";
import { DeleteEntityDialog } from "./DeleteEntityDialog.tsx";
import { t } from "./messages.ts";
import { useRefreshEntity } from "./useRefreshEntity.ts";

/** What is wrong with where an entity comes from, each with what can be done about it. */
export function EntityBanners({ entity }: { entity: EntityIngestionFragment }) {
  return (
    <>
      {entity.ingestion.stale && <StaleBanner entity={entity} />}
      {entity.orphan && <OrphanBanner entity={entity} />}
      {entity.conflicts.map(({ loser, document, since, message }) => (
        <Banner key={`${loser} ${document}`} tone="warning">
          {t("conflict")} <Prose text={message || `${loser}, ${t("document", { number: document + 1 })}`} /> (
          <Time at={since} />)
        </Banner>
      ))}
    </>
  );
}

function StaleBanner({ entity }: { entity: EntityIngestionFragment }) {
  const { refresh, isPending } = useRefreshEntity(entity);
  const { readAt, error } = entity.ingestion;
  return (
    <Banner
      tone="danger"
      action={
        entity.mayRefresh && (
          <Button size="small" disabled={isPending} onClick={refresh}>
            {t("tryAgain")}
          </Button>
        )
      }
    >
      {readAt === null ? (
        t("stale")
      ) : (
        <>
          {t("staleSince")} <Time at={readAt} />.
        </>
      )}{" "}
      {error && <Prose text={error} />}
    </Banner>
  );
}

function OrphanBanner({ entity }: { entity: EntityIngestionFragment }) {
  const [isDeleting, setIsDeleting] = useState(false);
  return (
    <>
      <Banner
        tone="warning"
        action={
          entity.mayDelete && (
            <Button size="small" onClick={() => setIsDeleting(true)}>
              {t("delete")}
            </Button>
          )
        }
      >
        {t("orphan")}
      </Banner>
      {isDeleting && <DeleteEntityDialog entity={entity} onClose={() => setIsDeleting(false)} />}
    </>
  );
}
