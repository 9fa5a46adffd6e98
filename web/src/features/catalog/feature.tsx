import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { LibraryBig } from "lucide-react";
import { lazy } from "react";
import type { Feature } from "#kit/feature.ts";
import { paths } from "#kit/paths.ts";
import { formatEntityRef } from "#lib/entityRef.ts";
import { EntityPending } from "./entity/EntityPending.tsx";
import { t as entityText } from "./entity/messages.ts";
import { entityPage, relationCards } from "./entity/queries.ts";
import { readCatalogSearch } from "./list/catalogSearch.ts";
import { catalogFacets, catalogList } from "./list/queries.ts";
import { t } from "./messages.ts";

const OverviewTab = lazy(() => import("./entity/OverviewTab.tsx").then((module) => ({ default: module.OverviewTab })));
const RelationsTab = lazy(() =>
  import("./entity/RelationsTab.tsx").then((module) => ({ default: module.RelationsTab })),
);
const DefinitionTab = lazy(() =>
  import("./entity/DefinitionTab.tsx").then((module) => ({ default: module.DefinitionTab })),
);
const YamlTab = lazy(() => import("./entity/YamlTab.tsx").then((module) => ({ default: module.YamlTab })));

/** The catalog: the list, the entity page with its first tabs, and the problems of what was read. */
export const catalogFeature: Feature = {
  id: "catalog",
  navigation: [{ title: () => t("catalog"), icon: LibraryBig, target: paths.catalog(), shortcut: "c" }],
  entityTabs: [
    { id: "overview", title: () => entityText("overview"), component: OverviewTab },
    {
      id: "definition",
      title: () => entityText("definition"),
      appliesTo: ({ kind }) => kind.toLowerCase() === "api",
      component: DefinitionTab,
    },
    { id: "relations", title: () => entityText("relations"), component: RelationsTab },
    { id: "yaml", title: () => entityText("yaml"), component: YamlTab },
  ],
  routes: (parent, queries) => [
    createRoute({
      getParentRoute: () => parent,
      path: "catalog",
      validateSearch: readCatalogSearch,
      loaderDeps: ({ search }) => search,
      loader: ({ deps }) => {
        void queries.prefetchQuery(catalogList(deps));
        void queries.prefetchQuery(catalogFacets(deps));
      },
      component: lazyRouteComponent(() => import("./list/CatalogPage.tsx"), "CatalogPage"),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: "catalog/problems",
      component: lazyRouteComponent(() => import("./problems/ProblemsPage.tsx"), "ProblemsPage"),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: "catalog/$namespace/$kind/$name/{-$tab}",
      loader: async ({ params: { namespace, kind, name } }) => {
        const reference = formatEntityRef({ kind, namespace, name });
        const cards = queries.prefetchQuery(relationCards(reference));
        await queries.ensureQueryData({ ...entityPage(reference), revalidateIfStale: true });
        await cards;
      },
      pendingComponent: EntityPending,
      component: lazyRouteComponent(() => import("./entity/EntityPage.tsx"), "EntityPage"),
    }),
  ],
};
