import { Box } from "lucide-react";
import { useState } from "react";
import { Breadcrumb } from "#kit/Breadcrumb.tsx";
import { Link } from "#kit/Link.tsx";
import { PageHead } from "#kit/PageHead.tsx";
import { PageQueryButton } from "#kit/PageQueryButton.tsx";
import { usePageQuery } from "#kit/pageQuery.ts";
import { paths } from "#kit/paths.ts";
import { TabLinks } from "#kit/TabLinks.tsx";
import { ViewerDocument } from "#kit/viewer.generated.ts";
import { Badge } from "#ui/Badge.tsx";
import { Button } from "#ui/Button.tsx";
import { Tabs } from "#ui/Tabs.tsx";
import { Specimen } from "./Specimen.tsx";

const above = [
  { title: "Catalog", target: paths.catalog() },
  { title: "Component", target: paths.catalog({ kind: ["component"] }) },
];

/** A query of a page, and one of a list in it. */
const asked = [
  { queryKey: ["Viewer", {}], meta: { document: ViewerDocument } },
  { queryKey: ["Size", {}], meta: { document: "query Size{entities(first:0){totalCount}}" } },
] as const;

/** Where one is, and how one gets elsewhere. */
export function Places() {
  usePageQuery(asked[0]);
  usePageQuery(asked[1]);
  return (
    <>
      <Specimen name="Breadcrumb" text="The pages above a page that is nested in others.">
        {() => <Breadcrumb above={above} />}
      </Specimen>
      <Specimen name="TabLinks" text="Parts of one place, each with an address.">
        {(theme) => (
          <TabLinks
            label={`Parts on ${theme}`}
            tabs={[
              { title: "Here", icon: Box, target: { to: "/ui" } },
              { title: "There", target: paths.settings() },
            ]}
          />
        )}
      </Specimen>
      <Specimen name="Tabs" text="Parts of one box, of which one is shown; the arrows go from one to the next.">
        {(theme) => <TabsSpecimen theme={theme} />}
      </Specimen>
      <Specimen
        name="Link"
        text="To a place in the portal; what it leads to is fetched when somebody is about to follow it."
      >
        {() => (
          <p>
            A sentence with{" "}
            <Link className="prose-link" target={paths.catalog()}>
              a link
            </Link>{" "}
            in it. An address that leads nowhere shows{" "}
            <Link className="prose-link" target={{ to: "/no/such/page" }}>
              NotFound
            </Link>
            .
          </p>
        )}
      </Specimen>
      <Specimen
        name="PageQueryButton"
        text="Opens what the page asks in the query editor: a link for one query, a list for several, nothing for none."
      >
        {() => <PageQueryButton />}
      </Specimen>
      {/* The last one: its heading is of the first level, and no name may stand below that. */}
      <Specimen
        name="PageHead"
        text="The top of a page: where it is, what it is, and what can be done, one of it primary."
      >
        {() => (
          <PageHead
            title="Components"
            badge={<Badge tone="info">new</Badge>}
            text="What the page is for, in a sentence."
            above={above}
            actions={<Button look="primary">Create</Button>}
          />
        )}
      </Specimen>
    </>
  );
}

function TabsSpecimen({ theme }: { theme: string }) {
  const [current, setCurrent] = useState<"one" | "other">("one");
  return (
    <Tabs
      label={`Parts of a box on ${theme}`}
      tabs={[
        { id: "one", title: "One part" },
        { id: "other", title: "The other" },
      ]}
      current={current}
      onChange={setCurrent}
    >
      <p style={{ padding: 12 }}>{current === "one" ? "What is in the one." : "What is in the other."}</p>
    </Tabs>
  );
}
