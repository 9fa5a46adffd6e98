import { KindIcon } from "#kit/entity/KindIcon.tsx";
import { countOfKind } from "#kit/entity/kinds.ts";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { formatNumber } from "#lib/i18n/messages.ts";
import { t } from "./messages.ts";
import type { OwnedKind } from "./owned.ts";
import styles from "./People.module.css";

/** More owners than these make no address. */
export const mostOwners = 60;

/** What somebody owns, by kind and type, each leading to the list of it. */
export function OwnedTiles({ owned, owners }: { owned: readonly OwnedKind[]; owners: readonly string[] }) {
  const isLinked = owners.length <= mostOwners;
  const to = (search: object) => paths.catalog({ owner: owners, ...search });
  return (
    <ul className={styles.tiles} aria-label={t("owned")}>
      {owned.map(({ kind, count, types }) => (
        <li key={kind} className={styles.tile}>
          <div className={styles.tileHead}>
            <KindIcon kind={kind} />
            {isLinked ? (
              <Link className={styles.tileName} target={to({ kind: [kind] })}>
                {countOfKind(count, kind)}
              </Link>
            ) : (
              <span className={styles.tileName}>{countOfKind(count, kind)}</span>
            )}
          </div>
          {types.length > 0 && (
            <ul className={styles.types} aria-label={countOfKind(count, kind)}>
              {types.map((type) => (
                <li key={type.value}>
                  {isLinked ? (
                    <Link className={styles.type} target={to({ kind: [kind], type: [type.value] })}>
                      {type.value} <span>{formatNumber(type.count)}</span>
                    </Link>
                  ) : (
                    <span className={styles.type}>
                      {type.value} <span>{formatNumber(type.count)}</span>
                    </span>
                  )}
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}
