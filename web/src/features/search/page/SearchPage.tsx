import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { PageHead } from "#kit/PageHead.tsx";
import { usePageQuery } from "#kit/pageQuery.ts";
import { paths } from "#kit/paths.ts";
import { useTypedText } from "#lib/typedText.ts";
import { Button } from "#ui/Button.tsx";
import { SearchField } from "#ui/SearchField.tsx";
import { Sheet } from "#ui/Sheet.tsx";
import { t } from "../messages.ts";
import { KeepSearchButton } from "../saved/KeepSearchButton.tsx";
import { OwnSearches } from "../saved/OwnSearches.tsx";
import { ActiveChoices } from "./ActiveChoices.tsx";
import { Facets } from "./Facets.tsx";
import { searchQuery } from "./queries.ts";
import { Results } from "./Results.tsx";
import { focusFirstResult } from "./resultFocus.ts";
import styles from "./SearchPage.module.css";
import { changed, countOfChoices, isAsked, readSearchPlace, type SearchPlace } from "./searchPlace.ts";
import { TypeTabs } from "./TypeTabs.tsx";

const typingPause = 150;

/** Everything that can be found, narrowed by the address. */
export function SearchPage() {
  const place = readSearchPlace(useSearch({ strict: false }));
  const query = useQuery({ ...searchQuery(place), placeholderData: keepPreviousData });
  usePageQuery(searchQuery(place));
  const counted = query.data?.data;
  return (
    <div className={styles.page}>
      <PageHead title={t("title")} actions={<KeepSearchButton place={place} />} />
      <Box place={place} />
      <TypeTabs place={place} counted={counted} />
      <aside className={styles.aside} aria-label={t("filters")}>
        <Facets place={place} counted={counted} />
        {!isAsked(place) && <OwnSearches />}
      </aside>
      <div className={styles.main}>
        <FacetsButton place={place} counted={counted} />
        <ActiveChoices place={place} />
        <Results place={place} query={query} />
      </div>
    </div>
  );
}

/** The words to look for; the results follow while one types, and the history keeps only where one stopped. */
function Box({ place }: { place: SearchPlace }) {
  const navigate = useNavigate();
  const apply = (text: string) => {
    const isRefining = place.text !== undefined && text !== "";
    void navigate({ ...paths.search(changed(place, { text })), replace: isRefining, resetScroll: false });
  };
  const [typed, setTyped] = useTypedText(place.text, apply, typingPause);
  return (
    <SearchField
      className={styles.field}
      label={t("field")}
      placeholder={t("hint")}
      shortcutTitle={t("field")}
      isFirst
      value={typed}
      onChange={setTyped}
      onDown={focusFirstResult}
    />
  );
}

/** The facets of a small screen, in a sheet of their own. */
function FacetsButton(props: React.ComponentProps<typeof Facets>) {
  const [isOpen, setIsOpen] = useState(false);
  const count = countOfChoices(props.place);
  return (
    <div className={styles.sheetButton}>
      <Button onClick={() => setIsOpen(true)}>
        <SlidersHorizontal size={14} aria-hidden />
        {count > 0 ? t("filtersActive", { count }) : t("filters")}
      </Button>
      {isOpen && (
        <Sheet title={t("filters")} onClose={() => setIsOpen(false)}>
          <Facets {...props} />
        </Sheet>
      )}
    </div>
  );
}
