import { useNavigate } from "@tanstack/react-router";
import { LibraryBig, Star, UserRound } from "lucide-react";
import { useId } from "react";
import { FacetChoice, FacetGroup } from "#ui/FacetOptions.tsx";
import { t } from "../messages.ts";
import { useStars } from "../stars/stars.ts";
import { type CatalogSearch, changed, showNames } from "./catalogSearch.ts";
import { useListTarget } from "./listPlace.ts";

const icons = { everything: LibraryBig, owned: UserRound, starred: Star };

/** Everything, or one of the viewer's own lists; those who have none choose nothing. */
export function ShowFilter({ search }: { search: CatalogSearch }) {
  const navigate = useNavigate();
  const target = useListTarget();
  const stars = useStars();
  const name = useId();
  if (stars === null && !search.show) return null;
  return (
    <FacetGroup title={t("show")}>
      {(["everything", ...showNames] as const).map((value) => {
        const show = value === "everything" ? undefined : value;
        const Icon = icons[value];
        return (
          <FacetChoice
            key={value}
            name={name}
            label={t(value)}
            icon={<Icon size={14} aria-hidden />}
            isChosen={search.show === show}
            onChoose={() => void navigate({ ...target(changed(search, { show })), resetScroll: false })}
          />
        );
      })}
    </FacetGroup>
  );
}
