import { Link as RouterLink } from "@tanstack/react-router";
import type { ComponentProps } from "react";
import type { Target } from "./paths.ts";

interface LinkProps extends Omit<ComponentProps<"a">, "href" | "target"> {
  target: Target;
  /** Stay where one is on the page: for a change of view rather than of place. */
  isInPlace?: boolean;
  /** It is current wherever one is below its place, not only there. */
  isSection?: boolean;
}

/** A link to a place in the portal; what it leads to is fetched as soon as someone hovers it or focuses it. */
export function Link({ target, isInPlace = false, isSection = false, ...rest }: LinkProps) {
  return (
    <RouterLink
      {...rest}
      to={target.to}
      search={target.search ?? {}}
      resetScroll={!isInPlace}
      activeOptions={{ exact: !isSection, includeSearch: !isSection }}
    />
  );
}
