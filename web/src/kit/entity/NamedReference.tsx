import { parseEntityRef, shortName } from "#lib/entityRef.ts";
import type { EntityChipFragment } from "./EntityChip.generated.ts";
import styles from "./EntityChip.module.css";
import { ReferenceChip } from "./EntityChip.tsx";
import { KindIcon } from "./KindIcon.tsx";

/** The entity of a reference, which may well be nobody the catalog knows: a service, or someone who never signed in. */
export function NamedReference({
  reference,
  names,
}: {
  reference: string;
  /** What is known of a list that it belongs to, so that one request asks for all. */
  names: ReadonlyMap<string, EntityChipFragment>;
}) {
  const entity = names.get(reference);
  if (entity) return <ReferenceChip reference={reference} target={entity} />;
  return (
    <span className={styles.chip} title={reference}>
      <KindIcon kind={parseEntityRef(reference)?.kind ?? ""} />
      <span className={styles.name}>{shortName(reference)}</span>
    </span>
  );
}
