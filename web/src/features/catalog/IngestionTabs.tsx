import { FolderGit2, Radar, TriangleAlert } from "lucide-react";
import { paths } from "#kit/paths.ts";
import { useGranted } from "#kit/permissions.ts";
import { TabLinks } from "#kit/TabLinks.tsx";
import { defineMessages } from "#lib/i18n/messages.ts";

const t = defineMessages("ingestion", {
  ingestion: "Where the catalog comes from",
  locations: "Locations",
  providers: "Providers",
  problems: "Problems",
});

/** The ways between the pages about what the catalog is read from; none where there is but one to go to. */
export function IngestionTabs() {
  const granted = useGranted();
  // Until that is known their place is kept.
  if (granted === undefined) return <TabLinks label={t("ingestion")} tabs={[]} />;
  if (!granted.has("catalog.location.read")) return null;
  return (
    <TabLinks
      label={t("ingestion")}
      tabs={[
        { title: t("locations"), icon: FolderGit2, target: paths.locations() },
        { title: t("providers"), icon: Radar, target: paths.catalogProviders() },
        { title: t("problems"), icon: TriangleAlert, target: paths.catalogProblems() },
      ]}
    />
  );
}
