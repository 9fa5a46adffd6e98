import { parseEntityRef, shortName } from "#lib/entityRef.ts";
import { defineMessages } from "#lib/i18n/messages.ts";
import { HoverCard } from "#ui/HoverCard.tsx";
import { Link } from "../Link.tsx";
import { paths } from "../paths.ts";
import type { EntityChipFragment } from "./EntityChip.generated.ts";
import styles from "./EntityChip.module.css";
import { EntitySummary } from "./EntitySummary.tsx";
import { KindIcon } from "./KindIcon.tsx";

const t = defineMessages("entityChip", {
  dangling: "{ref} does not exist, or you may not see it",
  missing: "not found",
});

/** An entity wherever one is named: its icon and title, a link to it, and more about it for those who linger. */
export function EntityChip({ entity }: { entity: EntityChipFragment }) {
  return (
    <HoverCard content={() => <EntitySummary reference={entity.ref} />}>
      <Link className={styles.chip} target={paths.entity(entity.ref)}>
        <KindIcon kind={entity.kind} />
        <span className={styles.name}>{entity.displayName}</span>
      </Link>
    </HoverCard>
  );
}

/** A reference with what it leads to, which may be nothing. */
export function ReferenceChip({ reference, target }: { reference: string; target: EntityChipFragment | null }) {
  if (target) return <EntityChip entity={target} />;
  const kind = parseEntityRef(reference)?.kind ?? "";
  return (
    <span className={`${styles.chip} ${styles.dangling}`} title={t("dangling", { ref: reference })}>
      <KindIcon kind={kind} isDangling />
      <span className={styles.name}>{shortName(reference)}</span>
      <span className="visually-hidden">{t("missing")}</span>
    </span>
  );
}
