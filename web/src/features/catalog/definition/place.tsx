import { useNavigate, useSearch } from "@tanstack/react-router";
import { createContext, type ReactNode, use } from "react";
import { Link } from "#kit/Link.tsx";
import { paths, type Target } from "#kit/paths.ts";
import { firstValueOf } from "#lib/urlSearch.ts";
import styles from "./Definition.module.css";

/** What part of a definition the address names. */
export interface DefinitionSearch {
  item?: string | undefined;
  find?: string | undefined;
  view?: "source" | undefined;
}

/** What is known of the definition by all that is drawn of it. */
export const DefinitionContext = createContext<{ entityRef: string; items: ReadonlySet<string>; onChoose: () => void }>(
  {
    entityRef: "",
    items: new Set(),
    onChoose: () => undefined,
  },
);

/** What the address names. */
export function useDefinitionSearch(): DefinitionSearch {
  const raw = useSearch({ strict: false }) as Record<string, unknown>;
  return {
    item: firstValueOf(raw.item),
    find: firstValueOf(raw.find),
    view: firstValueOf(raw.view) === "source" ? "source" : undefined,
  };
}

/** The place of a part of the definition. */
export function definitionTarget(entityRef: string, search: DefinitionSearch): Target {
  return paths.entity(entityRef, "definition", search);
}

/** Changes the search of the navigation, without a step to go back. */
export function useFind(entityRef: string) {
  const navigate = useNavigate();
  const search = useDefinitionSearch();
  return (find: string) =>
    void navigate({
      ...definitionTarget(entityRef, { ...search, find: find || undefined }),
      replace: true,
      resetScroll: false,
    });
}

/** A link to another part of the definition; only its words where there is no such part. */
export function ItemLink({ id, children }: { id: string; children: ReactNode }) {
  const { entityRef, items, onChoose } = use(DefinitionContext);
  const { find } = useDefinitionSearch();
  if (!items.has(id)) return children;
  return (
    <Link
      className={styles.itemLink}
      target={definitionTarget(entityRef, { item: id, find })}
      isInPlace
      onClick={onChoose}
    >
      {children}
    </Link>
  );
}
