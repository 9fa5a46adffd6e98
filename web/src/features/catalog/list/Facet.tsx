import { useNavigate } from "@tanstack/react-router";
import { KindIcon } from "#kit/entity/KindIcon.tsx";
import { parseEntityRef } from "#lib/entityRef.ts";
import { type FacetOption, FacetOptions } from "#ui/FacetOptions.tsx";
import { t } from "../messages.ts";
import { type CatalogSearch, type FacetName, toggled } from "./catalogSearch.ts";
import { useListTarget } from "./listPlace.ts";

interface FacetProps {
  name: FacetName;
  options: FacetOption[];
  /** What a value is called where it is shown; itself unless told. */
  labelOf?: ((value: string) => string) | undefined;
  search: CatalogSearch;
}

const icons: Partial<Record<FacetName, (value: string) => React.ReactNode>> = {
  kind: (kind) => <KindIcon kind={kind} />,
  owner: (reference) => <KindIcon kind={parseEntityRef(reference)?.kind ?? ""} />,
};

/** The choices of one facet of the list. */
export function Facet({ name, options, labelOf, search }: FacetProps) {
  const navigate = useNavigate();
  const target = useListTarget();
  const toggle = (value: string) => {
    const key = name === "kind" || name === "owner" ? value.toLowerCase() : value;
    void navigate({ ...target(toggled(search, name, key)), resetScroll: false });
  };
  return <FacetOptions title={t(name)} options={options} labelOf={labelOf} iconOf={icons[name]} onToggle={toggle} />;
}
