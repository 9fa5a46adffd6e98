import { Star } from "lucide-react";
import { Button } from "#ui/Button.tsx";
import { t } from "./messages.ts";
import styles from "./StarButton.module.css";
import { useStarring, useStars } from "./stars.ts";

interface StarButtonProps {
  entity: { ref: string; displayName: string };
  /** In a row it is seen when it is on, pointed at or focused. */
  isInRow?: boolean;
}

/** Remembers an entity for the viewer, or forgets it. Nothing for those whom the server remembers nothing for. */
export function StarButton({ entity: { ref, displayName }, isInRow = false }: StarButtonProps) {
  const stars = useStars();
  const { mutate } = useStarring();
  if (!stars) return null;
  const isStarred = stars.has(ref);
  const label = t(isStarred ? "unstar" : "star", { name: displayName });
  return (
    <Button
      className={isInRow ? `${styles.star} ${styles.row}` : styles.star}
      look={isInRow ? "quiet" : "normal"}
      size={isInRow ? "small" : "normal"}
      isIcon
      aria-pressed={isStarred}
      aria-label={t("star", { name: displayName })}
      title={label}
      onClick={() => mutate({ ref, starred: !isStarred })}
    >
      <Star size={14} aria-hidden />
    </Button>
  );
}
