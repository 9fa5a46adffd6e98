import { catalogFeature } from "#features/catalog/feature.tsx";
import { graphiqlFeature } from "#features/graphiql/feature.tsx";
import type { Feature } from "#kit/feature.ts";

/** What this portal is made of, in the order of its navigation. Adding a feature is a folder and a line here. */
export const features: readonly Feature[] = [catalogFeature, graphiqlFeature];
