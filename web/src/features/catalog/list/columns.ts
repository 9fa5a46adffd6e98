import { useNavigate } from "@tanstack/react-router";
import type { Setting } from "#kit/settings/settingStore.ts";
import { useSetting } from "#kit/settings/useSetting.ts";
import { type CatalogSearch, type ColumnName, columnNames, readColumns } from "./catalogSearch.ts";
import { useListTarget } from "./listPlace.ts";

/** What everybody starts with. */
const usual: readonly ColumnName[] = ["owner", "type", "lifecycle", "system", "tags"];

const setting: Setting<readonly ColumnName[]> = {
  key: "catalog.columns",
  read: (stored) => (Array.isArray(stored) ? readColumns(stored) : usual),
};

/** The columns of a list: those of its address, else those that the reader chose. */
export function useColumns(search: CatalogSearch): readonly ColumnName[] {
  const { value } = useSetting(setting);
  return search.columns ?? value;
}

/** Shows a column, or shows it no more: in the address where that says which there are, else for the reader. */
export function useToggleColumn(search: CatalogSearch): (column: ColumnName) => void {
  const navigate = useNavigate();
  const target = useListTarget();
  const { value, change } = useSetting(setting);
  return (column) => {
    const isShown = (search.columns ?? value).includes(column);
    const toggle = (columns: readonly ColumnName[]) =>
      columnNames.filter((name) => (name === column ? !isShown : columns.includes(name)));
    if (!search.columns) return change(toggle);
    void navigate({ ...target({ ...search, columns: toggle(search.columns) }), replace: true, resetScroll: false });
  };
}
