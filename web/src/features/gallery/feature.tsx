import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { SwatchBook } from "lucide-react";
import type { Feature } from "#kit/feature.ts";

/**
 * Every component with its states, for those who build pages. It is there while the sources are served, and no part of
 * what is built; its words are for developers, and in English alone.
 */
export const galleryFeature: Feature = {
  id: "gallery",
  navigation: [{ title: () => "Components", icon: SwatchBook, target: { to: "/ui" }, group: "manage", order: 90 }],
  routes: (parent) => [
    createRoute({
      getParentRoute: () => parent,
      path: "ui",
      component: lazyRouteComponent(() => import("./GalleryPage.tsx"), "GalleryPage"),
    }),
  ],
};
