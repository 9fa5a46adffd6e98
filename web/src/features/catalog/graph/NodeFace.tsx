import { Ellipsis } from "lucide-react";
import type { CSSProperties } from "react";
import { KindIcon } from "#kit/entity/KindIcon.tsx";
import { danglingLook, kindLook } from "#kit/entity/kinds.ts";
import { parseEntityRef, shortName } from "#lib/entityRef.ts";
import type { DrawnNode } from "./drawing.ts";
import { t } from "./messages.ts";
import styles from "./NodeFace.module.css";

/** How much a node stands out. */
export type NodeLook = "plain" | "muted" | "found" | "path";

/** What a node says of its entity; what is missing keeps its place. */
export function NodeFace({ node, look = "plain" }: { node: DrawnNode; look?: NodeLook }) {
  const { ref, entity, isRoot, hasMore } = node;
  const kind = entity?.kind ?? parseEntityRef(ref)?.kind ?? "";
  const { hue } = entity ? kindLook(kind) : danglingLook;
  return (
    <span
      className={styles.face}
      style={{ "--hue": `var(--hue-${hue})` } as CSSProperties}
      data-root={isRoot}
      data-missing={!entity}
      data-look={look}
    >
      <span className={styles.tile}>
        <KindIcon kind={kind} isDangling={!entity} />
      </span>
      <span className={styles.words}>
        <span className={styles.title}>{entity?.displayName ?? shortName(ref)}</span>
        <span className={styles.detail}>
          {entity ? [entity.kind, entity.type].filter(Boolean).join(" · ") : `${kind} · ${t("missing")}`}
        </span>
      </span>
      {hasMore && <Ellipsis className={styles.more} size={14} aria-hidden />}
    </span>
  );
}
