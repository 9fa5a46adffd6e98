import { useNavigate } from "@tanstack/react-router";
import { useTypedText } from "#lib/typedText.ts";
import { SearchField } from "#ui/SearchField.tsx";
import { t } from "../messages.ts";
import styles from "./CatalogPage.module.css";
import { type CatalogSearch, changed } from "./catalogSearch.ts";
import { useListTarget } from "./listPlace.ts";
import { focusFirstRow } from "./rowFocus.ts";

const typingPause = 150;

/** The words to look for; the list follows while one types, and the history keeps only where one stopped. */
export function SearchBox({ search }: { search: CatalogSearch }) {
  const navigate = useNavigate();
  const target = useListTarget();
  const apply = (text: string) => {
    const isRefining = search.text !== undefined && text !== "";
    navigate({ ...target(changed(search, { text })), replace: isRefining, resetScroll: false });
  };
  const [typed, setTyped] = useTypedText(search.text, apply, typingPause);
  return (
    <SearchField
      className={styles.search}
      label={t("search")}
      shortcutTitle={t("search")}
      value={typed}
      onChange={setTyped}
      onDown={focusFirstRow}
    />
  );
}
