import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { EntityChip } from "#kit/entity/EntityChip.tsx";
import { Fetched } from "#kit/Fetched.tsx";
import { rootField } from "#lib/graphql/request.ts";
import { Button } from "#ui/Button.tsx";
import { Dialog } from "#ui/Dialog.tsx";
import { Prose } from "#ui/Prose.tsx";
import styles from "../ingestion.module.css";
import { DocumentErrors } from "../problems/DocumentErrors.tsx";
import { unprocessedEntities } from "../problems/queries.ts";
import type { LocationRowFragment } from "./Locations.generated.ts";
import { t } from "./messages.ts";
import { locationEntities } from "./queries.ts";

/** What a location brings in, as far as the viewer may see it. */
export function LocationEntitiesDialog({ location, onClose }: { location: LocationRowFragment; onClose: () => void }) {
  const [after, setAfter] = useState<string>();
  const query = useQuery({
    ...locationEntities(location.id, after),
    placeholderData: keepPreviousData,
    select: (answer) => rootField(answer, "node")?.entities ?? null,
  });
  return (
    <Dialog
      title={t("entitiesTitle")}
      size="wide"
      onClose={onClose}
      footer={<Button onClick={onClose}>{t("close")}</Button>}
    >
      <p className={styles.target}>{location.target}</p>
      <Fetched query={query} what={t("whatEntities")}>
        {(entities) =>
          entities === null || entities.nodes.length === 0 ? (
            <p className={styles.quiet}>{t("noEntities")}</p>
          ) : (
            <>
              {/* biome-ignore lint/a11y/useKeyWithClickEvents: a link that is followed by the keyboard is clicked, too */}
              <ul
                className={styles.refs}
                onClick={({ target }) => target instanceof Element && target.closest("a") && onClose()}
              >
                {entities.nodes.map((entity) => (
                  <li key={entity.ref}>
                    <EntityChip entity={entity} />
                    {entity.status.map(({ level, message }) => (
                      <p key={message} className={level === "error" ? styles.error : styles.quiet}>
                        <Prose text={message} />
                      </p>
                    ))}
                  </li>
                ))}
              </ul>
              {(after !== undefined || entities.pageInfo.hasNextPage) && (
                <p className={styles.pages}>
                  {after !== undefined && (
                    <Button size="small" onClick={() => setAfter(undefined)}>
                      {t("firstPage")}
                    </Button>
                  )}
                  {entities.pageInfo.hasNextPage && entities.pageInfo.endCursor !== null && (
                    <Button size="small" onClick={() => setAfter(entities.pageInfo.endCursor ?? undefined)}>
                      {t("nextPage")}
                    </Button>
                  )}
                </p>
              )}
            </>
          )
        }
      </Fetched>
      {location.problemCount > 0 && <Refused target={location.target} />}
    </Dialog>
  );
}

/** The documents below it that are no entities. */
function Refused({ target }: { target: string }) {
  const { data } = useQuery({
    ...unprocessedEntities({ text: target }),
    select: (answer) => answer.data.unprocessedEntities?.nodes ?? [],
  });
  if (!data?.length) return null;
  return (
    <section className={styles.problems} aria-label={t("refused")}>
      <h3>{t("refused")}</h3>
      {data.map(({ id, location, ref, errors }) => (
        <div key={id}>
          <p className={styles.target}>{ref ?? location}</p>
          <DocumentErrors errors={errors} />
        </div>
      ))}
    </section>
  );
}
