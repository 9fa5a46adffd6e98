import { ExternalLink, FileCode, Link2, TriangleAlert } from "lucide-react";
import { EntityChip } from "#kit/entity/EntityChip.tsx";
import { Link } from "#kit/Link.tsx";
import { PageQueryButton } from "#kit/PageQueryButton.tsx";
import { paths } from "#kit/paths.ts";
import { linkAddress } from "#lib/linkAddress.ts";
import { Badge } from "#ui/Badge.tsx";
import { buttonClass } from "#ui/Button.tsx";
import { CopyButton } from "#ui/CopyButton.tsx";
import { Popover } from "#ui/Popover.tsx";
import { LifecycleBadge } from "../LifecycleBadge.tsx";
import { StarButton } from "../stars/StarButton.tsx";
import { EntityActions } from "./acts/EntityActions.tsx";
import { EntityFace } from "./EntityFace.tsx";
import type { EntityIngestionFragment } from "./EntityIngestion.generated.ts";
import { EntityLinks } from "./EntityLinks.tsx";
import type { EntityHeaderFragment } from "./EntityPage.generated.ts";
import styles from "./EntityPage.module.css";
import { t } from "./messages.ts";

interface EntityHeaderProps {
  entity: EntityHeaderFragment & EntityIngestionFragment;
  /** How much is wrong with it. */
  problems: number;
  onInspect: () => void;
}

/** The name of an entity, its state in a few words, and the ways out of the portal. */
export function EntityHeader({ entity, problems, onInspect }: EntityHeaderProps) {
  const { ref, kind, displayName, description, type, lifecycle, orphan, owner, links } = entity;
  const viewUrl = linkAddress(entity.viewUrl);
  return (
    <header className={styles.head}>
      <EntityFace kind={kind} picture={entity.profile?.picture ?? null} />
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
          {problems > 0 && (
            <Link className={styles.problems} target={paths.entity(ref)} isInPlace>
              <TriangleAlert size={12} aria-hidden />
              {t("problems", { count: problems })}
            </Link>
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
          <a className={`${buttonClass()} ${styles.roomy}`} href={viewUrl} target="_blank" rel="noreferrer">
            <FileCode size={14} aria-hidden />
            {t("viewSource")}
            <ExternalLink size={12} aria-hidden />
          </a>
        )}
        <PageQueryButton />
        <EntityActions entity={entity} onInspect={onInspect} />
      </div>
    </header>
  );
}
