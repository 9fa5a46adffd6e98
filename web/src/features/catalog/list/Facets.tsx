import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { useDelayed } from "#lib/delayed.ts";
import { Button } from "#ui/Button.tsx";
import { FacetGroup, type FacetOption, FacetSkeleton } from "#ui/FacetOptions.tsx";
import { Sheet } from "#ui/Sheet.tsx";
import { t } from "../messages.ts";
import type { CatalogFacetsQuery } from "./CatalogFacets.generated.ts";
import { type CatalogSearch, type FacetName, facetNames } from "./catalogSearch.ts";
import { Facet } from "./Facet.tsx";
import styles from "./Facets.module.css";
import { useFacetNames } from "./listPlace.ts";
import { useOwnerNames } from "./ownerNames.ts";
import { catalogFacets } from "./queries.ts";
import { ShowFilter } from "./ShowFilter.tsx";

/** What the list can be narrowed by, with how many each choice would give. */
export function Facets({ search }: { search: CatalogSearch }) {
  return (
    <>
      <ShowFilter search={search} />
      <CountedFacets search={search} />
    </>
  );
}

function CountedFacets({ search }: { search: CatalogSearch }) {
  const { data, error, refetch } = useQuery({ ...catalogFacets(search), placeholderData: keepPreviousData });
  const options = data && optionsByName(data.data, search);
  const owners = useOwnerNames(options?.owner.map(({ value }) => value) ?? []);
  const names = useFacetNames();
  const isWaiting = useDelayed(!data && !error);
  if (error && !data) {
    return (
      <div className={styles.failed}>
        <p>{t("uncounted")}</p>
        <Button size="small" onClick={() => refetch()}>
          {t("retry")}
        </Button>
      </div>
    );
  }
  return names.map((name) => (
    <FacetGroup key={name} title={t(name)}>
      {options && !(name === "owner" && owners.isPending) ? (
        <Facet
          name={name}
          options={options[name]}
          labelOf={name === "owner" ? owners.nameOf : undefined}
          search={search}
        />
      ) : (
        <FacetSkeleton isVisible={isWaiting} />
      )}
    </FacetGroup>
  ));
}

/** The same on a small screen, in a sheet of its own. */
export function FacetsSheetButton({ search }: { search: CatalogSearch }) {
  const [isOpen, setIsOpen] = useState(false);
  const names = useFacetNames();
  const count = names.reduce((sum, name) => sum + (search[name]?.length ?? 0), search.show ? 1 : 0);
  return (
    <div className={styles.sheetButton}>
      <Button onClick={() => setIsOpen(true)}>
        <SlidersHorizontal size={14} aria-hidden />
        {count > 0 ? t("filtersActive", { count }) : t("filters")}
      </Button>
      {isOpen && (
        <Sheet title={t("filters")} onClose={() => setIsOpen(false)}>
          <Facets search={search} />
        </Sheet>
      )}
    </div>
  );
}

function optionsByName(data: CatalogFacetsQuery, search: CatalogSearch): Record<FacetName, FacetOption[]> {
  const pairs = facetNames.map((name) => [name, optionsOf(data, name, search)] as const);
  return Object.fromEntries(pairs) as Record<FacetName, FacetOption[]>;
}

/** The counted values, and the chosen ones that the other filters leave without any. */
function optionsOf(data: CatalogFacetsQuery, name: FacetName, search: CatalogSearch): FacetOption[] {
  const counted = data[name]?.facets[0]?.values ?? [];
  const chosen = search[name] ?? [];
  const isChosen = (value: string) => chosen.some((one) => one.toLowerCase() === value.toLowerCase());
  const missing = chosen.filter((one) => !counted.some(({ value }) => value.toLowerCase() === one.toLowerCase()));
  return [
    ...counted.map(({ value, count }) => ({ value, count, isChosen: isChosen(value) })),
    ...missing.map((value) => ({ value, count: 0, isChosen: true })),
  ];
}
