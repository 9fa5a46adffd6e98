import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { LibraryBig, Plug, Workflow } from "lucide-react";
import { lazy } from "react";
import type { Feature } from "#kit/feature.ts";
import { paths } from "#kit/paths.ts";
import { formatEntityRef } from "#lib/entityRef.ts";
import { hasDependents } from "./dependents/kinds.ts";
import { t as dependentsText } from "./dependents/messages.ts";
import { EntityPending } from "./entity/EntityPending.tsx";
import { inspectCommands } from "./entity/inspect/commands.ts";
import { t as entityText } from "./entity/messages.ts";
import { entityPage } from "./entity/queries.ts";
import { readGraphSearch } from "./graph/graphSearch.ts";
import { t as graphText } from "./graph/messages.ts";
import { prefetchGraph } from "./graph/queries.ts";
import { homeWidgets } from "./home/homeWidgets.ts";
import { readCatalogSearch, withoutKind } from "./list/catalogSearch.ts";
import { catalogFacets, catalogList } from "./list/queries.ts";
import { t } from "./messages.ts";
import { catalogCommands } from "./palette/commands.ts";
import { catalogSearch } from "./palette/search.tsx";

const OverviewTab = lazy(() => import("./entity/OverviewTab.tsx").then((module) => ({ default: module.OverviewTab })));
const RelationsTab = lazy(() =>
  import("./entity/RelationsTab.tsx").then((module) => ({ default: module.RelationsTab })),
);
const DependentsTab = lazy(() =>
  import("./dependents/DependentsTab.tsx").then((module) => ({ default: module.DependentsTab })),
);
const DefinitionTab = lazy(() =>
  import("./definition/DefinitionTab.tsx").then((module) => ({ default: module.DefinitionTab })),
);
const YamlTab = lazy(() => import("./entity/YamlTab.tsx").then((module) => ({ default: module.YamlTab })));

/** The catalog: the list, the entity page with its first tabs, and what all of it is read from. */
export const catalogFeature: Feature = {
  id: "catalog",
  permissions: [
    "catalog.location.read",
    "catalog.location.create",
    "catalog.location.analyze",
    "catalog.entity.create",
  ],
  navigation: [
    {
      title: () => t("catalog"),
      icon: LibraryBig,
      target: paths.catalog(),
      group: "explore",
      order: 20,
      shortcut: "c",
    },
    { title: () => t("apis"), icon: Plug, target: paths.apis(), group: "explore", order: 30, shortcut: "i" },
    {
      title: () => graphText("title"),
      icon: Workflow,
      target: paths.graph(),
      group: "explore",
      order: 60,
      shortcut: "g",
    },
  ],
  commands: [...catalogCommands, ...inspectCommands],
  search: catalogSearch,
  homeWidgets,
  entityTabs: [
    { id: "overview", title: () => entityText("overview"), component: OverviewTab },
    {
      id: "definition",
      title: () => entityText("definition"),
      appliesTo: ({ kind }) => kind.toLowerCase() === "api",
      component: DefinitionTab,
    },
    { id: "relations", title: () => entityText("relations"), component: RelationsTab },
    {
      id: "dependents",
      title: () => dependentsText("tab"),
      appliesTo: ({ kind }) => hasDependents(kind),
      component: DependentsTab,
    },
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
    // The same list under an address of its own, for those who come for APIs.
    createRoute({
      getParentRoute: () => parent,
      path: "apis",
      validateSearch: (raw: Record<string, unknown>) => withoutKind(readCatalogSearch(raw)),
      loaderDeps: ({ search }) => search,
      loader: ({ deps }) => {
        const search = { ...deps, kind: ["api"] };
        void queries.prefetchQuery(catalogList(search));
        void queries.prefetchQuery(catalogFacets(search));
      },
      component: lazyRouteComponent(() => import("./list/CatalogPage.tsx"), "ApisPage"),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: "catalog/problems",
      component: lazyRouteComponent(() => import("./problems/ProblemsPage.tsx"), "ProblemsPage"),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: "catalog/locations",
      component: lazyRouteComponent(() => import("./locations/LocationsPage.tsx"), "LocationsPage"),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: "catalog/providers",
      component: lazyRouteComponent(() => import("./providers/ProvidersPage.tsx"), "ProvidersPage"),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: "catalog/register",
      component: lazyRouteComponent(() => import("./register/RegisterPage.tsx"), "RegisterPage"),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: "catalog-graph",
      validateSearch: readGraphSearch,
      loaderDeps: ({ search }) => search,
      loader: ({ deps }) => prefetchGraph(queries, deps),
      component: lazyRouteComponent(() => import("./graph/GraphPage.tsx"), "GraphPage"),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: "catalog/$namespace/$kind/$name/{-$tab}",
      loader: async ({ params: { namespace, kind, name } }) => {
        const reference = formatEntityRef({ kind, namespace, name });
        await queries.ensureQueryData({ ...entityPage(reference), revalidateIfStale: true });
      },
      pendingComponent: EntityPending,
      component: lazyRouteComponent(() => import("./entity/EntityPage.tsx"), "EntityPage"),
    }),
  ],
};
