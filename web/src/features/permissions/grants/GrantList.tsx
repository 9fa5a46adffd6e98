import { Pencil, Trash2 } from "lucide-react";
import { Badge } from "#ui/Badge.tsx";
import { Button } from "#ui/Button.tsx";
import { Prose } from "#ui/Prose.tsx";
import styles from "./Grants.module.css";
import { t } from "./messages.ts";
import { grantWords, type SpokenGrant } from "./words.ts";

interface GrantListProps<Grant extends SpokenGrant> {
  grants: readonly Grant[];
  keyOf: (grant: Grant) => string;
  /** What each reaches today, where it is not plain from its words. */
  reachOf: (grant: Grant) => readonly string[];
  isNew?: (grant: Grant) => boolean;
  newLabel?: string;
  onEdit?: (grant: Grant) => void;
  onRemove?: (grant: Grant) => void;
}

/** What a role grants, a sentence each. */
export function GrantList<Grant extends SpokenGrant>(props: GrantListProps<Grant>) {
  const { grants, keyOf, reachOf, isNew, newLabel, onEdit, onRemove } = props;
  if (grants.length === 0) return <p className={styles.none}>{t("none")}</p>;
  return (
    <ul className={styles.list}>
      {grants.map((grant) => {
        const words = grantWords(grant);
        return (
          <li key={keyOf(grant)} className={styles.grant} data-effect={grant.effect}>
            <div className={styles.words}>
              <p className={styles.sentence}>
                <Prose text={words} />
                {isNew?.(grant) && newLabel && <Badge tone="info">{newLabel}</Badge>}
              </p>
              <GrantReach grant={grant} names={reachOf(grant)} />
            </div>
            {(onEdit || onRemove) && (
              <div className={styles.actions}>
                {onEdit && (
                  <Button
                    look="quiet"
                    size="small"
                    isIcon
                    aria-label={`${t("edit")}: ${words}`}
                    title={t("edit")}
                    onClick={() => onEdit(grant)}
                  >
                    <Pencil size={14} aria-hidden />
                  </Button>
                )}
                {onRemove && (
                  <Button
                    look="quiet"
                    size="small"
                    isIcon
                    aria-label={`${t("remove")}: ${words}`}
                    title={t("remove")}
                    onClick={() => onRemove(grant)}
                  >
                    <Trash2 size={14} aria-hidden />
                  </Button>
                )}
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}

const mostNames = 6;

function GrantReach({ grant, names }: { grant: SpokenGrant; names: readonly string[] }) {
  if (names.length === 0) return <p className={styles.reachLine}>{t("reachNone")}</p>;
  if (names.length === 1 && names[0] === grant.permission) return null;
  const more = names.length - mostNames;
  return (
    <p className={styles.reachLine}>
      {t("reach")}: {names.slice(0, mostNames).join(", ")} {more > 0 && t("reachMore", { count: more })}
    </p>
  );
}
