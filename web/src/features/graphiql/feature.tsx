import { Braces } from "lucide-react";
import type { Feature } from "#kit/feature.ts";
import { paths } from "#kit/paths.ts";
import { defineMessages } from "#lib/i18n/messages.ts";

const t = defineMessages("graphiql", { title: "GraphQL" });

/** The way to the page where one writes queries; it is an application of its own. */
export const graphiqlFeature: Feature = {
  id: "graphiql",
  navigation: [{ title: () => t("title"), icon: Braces, target: paths.graphiql(), isExternal: true, shortcut: "q" }],
};
