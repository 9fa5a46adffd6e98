import { FileCog, Radar, UserPlus } from "lucide-react";
import { EntityChip } from "#kit/entity/EntityChip.tsx";
import { shortName } from "#lib/entityRef.ts";
import styles from "./Inspect.module.css";
import { Inspected, type InspectedEntity } from "./Inspected.tsx";
import { t } from "./messages.ts";
import { ranksOf } from "./ranks.ts";

const mostTargets = 4;

/** What emitted an entity, up to what the portal was told. */
export function AncestryPart({ reference }: { reference: string }) {
  return <Inspected reference={reference}>{(entity) => <Ancestry entity={entity} />}</Inspected>;
}

function Ancestry({ entity }: { entity: InspectedEntity }) {
  const { ancestry, ingestion } = entity;
  const ranks = ranksOf(ancestry.items);
  return (
    <>
      <p className={styles.intro}>{t("ancestryText")}</p>
      <ol className={styles.ranks} aria-label={t("ancestry")}>
        <li className={styles.rank}>
          <Beginning ingestion={ingestion} />
        </li>
        {ranks.map((rank) => (
          <li key={rank.map((item) => item.entity.ref).join(" ")} className={styles.rank}>
            {rank.map((item) => (
              <Ancestor key={item.entity.ref} item={item} isSelf={item.entity.ref === entity.ref} />
            ))}
          </li>
        ))}
      </ol>
    </>
  );
}

function Beginning({ ingestion: { origin, catalogLocation } }: Pick<InspectedEntity, "ingestion">) {
  const { provider = null, createdBy = null } = catalogLocation ?? {};
  const [Icon, title] =
    catalogLocation === null
      ? [FileCog, t("fromOrigin")]
      : provider !== null
        ? [Radar, t("fromProvider", { provider })]
        : catalogLocation.origin === "REGISTERED"
          ? [UserPlus, createdBy ? t("fromRegistration", { name: shortName(createdBy) }) : t("fromRegistrationUnknown")]
          : [FileCog, t("fromConfig")];
  return (
    <div className={styles.ancestor}>
      <span className={styles.beginning}>
        <Icon size={14} aria-hidden />
        {title}
      </span>
      <span className={styles.place}>{origin}</span>
    </div>
  );
}

interface AncestorProps {
  item: InspectedEntity["ancestry"]["items"][number];
  isSelf: boolean;
}

function Ancestor({ item: { entity, parentRefs }, isSelf }: AncestorProps) {
  const targets = entity.targets ?? [];
  return (
    <div className={isSelf ? `${styles.ancestor} ${styles.self}` : styles.ancestor}>
      <span className={styles.ancestorHead}>
        <EntityChip entity={entity} />
        <span className={styles.note}>{isSelf ? t("self") : entity.kind}</span>
      </span>
      {parentRefs.length > 1 && (
        <span className={styles.note}>{t("emittedBy", { names: parentRefs.map(shortName).join(", ") })}</span>
      )}
      {!isSelf &&
        targets.slice(0, mostTargets).map((target) => (
          <span key={target} className={styles.place}>
            {target}
          </span>
        ))}
      {!isSelf && targets.length > mostTargets && (
        <span className={styles.note}>{t("targets", { count: targets.length })}</span>
      )}
    </div>
  );
}
