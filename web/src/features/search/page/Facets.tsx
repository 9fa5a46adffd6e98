import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useEntityNames } from "#kit/entity/entityNames.ts";
import { KindIcon } from "#kit/entity/KindIcon.tsx";
import { paths } from "#kit/paths.ts";
import { useDelayed } from "#lib/delayed.ts";
import { parseEntityRef, shortName } from "#lib/entityRef.ts";
import { FacetGroup, type FacetOption, FacetOptions, FacetSkeleton } from "#ui/FacetOptions.tsx";
import { facetTitles } from "./facetTitles.ts";
import type { SearchQuery } from "./Search.generated.ts";
import { type FacetName, facetNames, type SearchPlace, toggled } from "./searchPlace.ts";

interface FacetsProps {
  place: SearchPlace;
  counted: SearchQuery | undefined;
}

const icons: Partial<Record<FacetName, (value: string) => ReactNode>> = {
  kind: (kind) => <KindIcon kind={kind} />,
  owner: (reference) => <KindIcon kind={parseEntityRef(reference)?.kind ?? ""} />,
};

/** What the results can be narrowed by, with how many each choice would give. */
export function Facets({ place, counted }: FacetsProps) {
  const navigate = useNavigate();
  const owners = useEntityNames(optionsOf(place, counted, "owner").map(({ value }) => value));
  const nameOf = (reference: string) => owners.get(reference)?.displayName ?? shortName(reference);
  const isWaiting = useDelayed(!counted);
  return facetNames.map((name) => (
    <FacetGroup key={name} title={facetTitles[name]()}>
      {counted ? (
        <FacetOptions
          title={facetTitles[name]()}
          options={optionsOf(place, counted, name)}
          labelOf={name === "owner" ? nameOf : undefined}
          iconOf={icons[name]}
          onToggle={(value) => void navigate({ ...paths.search(toggled(place, name, value)), resetScroll: false })}
        />
      ) : (
        <FacetSkeleton isVisible={isWaiting} />
      )}
    </FacetGroup>
  ));
}

/** The counted values, and the chosen ones that all else leaves without any. */
function optionsOf(place: SearchPlace, counted: SearchQuery | undefined, name: FacetName): FacetOption[] {
  const values = counted?.[name]?.facets[0]?.values ?? [];
  const chosen = place[name] ?? [];
  const missing = chosen.filter((one) => !values.some(({ value }) => value === one));
  return [
    ...values.map(({ value, count }) => ({ value, count, isChosen: chosen.includes(value) })),
    ...missing.map((value) => ({ value, count: 0, isChosen: true })),
  ];
}
