import type { ReactNode } from "react";
import { Link } from "../Link.tsx";
import { paths } from "../paths.ts";
import type { EntityChipFragment } from "./EntityChip.generated.ts";
import styles from "./EntityRows.module.css";
import { KindIcon } from "./KindIcon.tsx";

interface EntityRowsProps<Entity extends EntityChipFragment> {
  entities: readonly Entity[];
  /** What else there is to say of one, at the end of its line. */
  aside?: (entity: Entity) => ReactNode;
}

/** A few entities, a line each. */
export function EntityRows<Entity extends EntityChipFragment>({ entities, aside }: EntityRowsProps<Entity>) {
  return (
    <ul className={styles.rows}>
      {entities.map((entity) => (
        <li key={entity.ref} className={styles.row}>
          <KindIcon kind={entity.kind} />
          <Link className={styles.name} target={paths.entity(entity.ref)} title={entity.ref}>
            {entity.displayName}
          </Link>
          <span className={styles.aside}>{aside ? aside(entity) : entity.ref}</span>
        </li>
      ))}
    </ul>
  );
}

/** What is said where there are none. */
export function WidgetNote({ children }: { children: ReactNode }) {
  return <div className={styles.note}>{children}</div>;
}
