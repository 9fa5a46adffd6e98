import { ExternalLink, FileCode, Link2, Pencil } from "lucide-react";
import { EntityChip } from "#kit/entity/EntityChip.tsx";
import { KindIcon } from "#kit/entity/KindIcon.tsx";
import { PageQueryButton } from "#kit/PageQueryButton.tsx";
import { linkAddress } from "#lib/linkAddress.ts";
import { Badge } from "#ui/Badge.tsx";
import { buttonClass } from "#ui/Button.tsx";
import { CopyButton } from "#ui/CopyButton.tsx";
import { Popover } from "#ui/Popover.tsx";
import { LifecycleBadge } from "../LifecycleBadge.tsx";
import { StarButton } from "../stars/StarButton.tsx";
import { EntityActions } from "./acts/EntityActions.tsx";
import type { EntityIngestionFragment } from "./EntityIngestion.generated.ts";
import { EntityLinks } from "./EntityLinks.tsx";
import type { EntityHeaderFragment } from "./EntityPage.generated.ts";
import styles from "./EntityPage.module.css";
import { t } from "./messages.ts";

/** The name of an entity, its state in a few words, and the ways out of the portal. */
export function EntityHeader({ entity }: { entity: EntityHeaderFragment & EntityIngestionFragment }) {
  const { ref, kind, displayName, description, type, lifecycle, orphan, owner, links } = entity;
  const viewUrl = linkAddress(entity.viewUrl);
  const editUrl = linkAddress(entity.editUrl);
  return (
    <header className={styles.head}>
      <KindIcon kind={kind} look="tile" />
      <div className={styles.words}>
        <h1 className={styles.title}>{displayName}</h1>
        <div className={styles.ref}>
          {ref}
          <CopyButton text={ref} what={t("reference")} />
        </div>
        {description && <p className={styles.description}>{description}</p>}
        <div className={styles.facts}>
          {owner && <EntityChip entity={owner} />}
          <Badge>{type ? `${kind} · ${type}` : kind}</Badge>
          {lifecycle && <LifecycleBadge lifecycle={lifecycle} />}
          {orphan && (
            <Badge tone="warning" title={t("orphanHint")}>
              {t("orphan")}
            </Badge>
          )}
        </div>
      </div>
      <div className={styles.actions}>
        <StarButton entity={entity} />
        {links.length > 0 && (
          <Popover
            label={t("links")}
            trigger={
              <>
                <Link2 size={14} aria-hidden />
                {t("links")}
              </>
            }
          >
            <EntityLinks links={links} />
          </Popover>
        )}
        {viewUrl && (
          <a className={buttonClass()} href={viewUrl} target="_blank" rel="noreferrer">
            <FileCode size={14} aria-hidden />
            {t("viewSource")}
            <ExternalLink size={12} aria-hidden />
          </a>
        )}
        {editUrl && (
          <a className={buttonClass()} href={editUrl} target="_blank" rel="noreferrer">
            <Pencil size={14} aria-hidden />
            {t("edit")}
          </a>
        )}
        <PageQueryButton />
        <EntityActions entity={entity} />
      </div>
    </header>
  );
}
