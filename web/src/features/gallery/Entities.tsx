import { EntityChip, ReferenceChip } from "#kit/entity/EntityChip.tsx";
import { EntityRows, WidgetNote } from "#kit/entity/EntityRows.tsx";
import { EntitySummary } from "#kit/entity/EntitySummary.tsx";
import { KindIcon } from "#kit/entity/KindIcon.tsx";
import { kindNames } from "#kit/entity/kinds.ts";
import { NamedReference } from "#kit/entity/NamedReference.tsx";
import { useRecents } from "#kit/recents.ts";
import { Badge } from "#ui/Badge.tsx";
import { Button } from "#ui/Button.tsx";
import { Card } from "#ui/Card.tsx";
import { Row, Specimen } from "./Specimen.tsx";

const petstore = { ref: "component:default/petstore", kind: "Component", displayName: "Petstore" };
const wordy = {
  ref: "api:default/timetable",
  kind: "API",
  displayName: "Timetable of every line, station and holiday of the year",
};
const none = new Map<string, typeof petstore>();

function Summary() {
  const [last] = useRecents();
  return last ? <EntitySummary reference={last.ref} /> : <p>Open any entity, and come back to see it here.</p>;
}

/** Entities wherever one is named. */
export function Entities() {
  return (
    <>
      <Specimen name="KindIcon" text="One icon and one hue for a kind, in rows, chips, graphs and results.">
        {() => (
          <>
            <Row>
              {[...kindNames, "custom"].map((kind) => (
                <span key={kind} style={{ display: "inline-flex", alignItems: "center", gap: 4 }}>
                  <KindIcon kind={kind} />
                  {kind}
                </span>
              ))}
            </Row>
            <Row>
              {kindNames.map((kind) => (
                <KindIcon key={kind} kind={kind} look="tile" />
              ))}
              <KindIcon kind="component" isDangling />
            </Row>
          </>
        )}
      </Specimen>
      <Specimen
        name="EntityChip, ReferenceChip, NamedReference"
        text="A reference is always the same chip, even where it leads nowhere."
      >
        {() => (
          <Row>
            <EntityChip entity={petstore} />
            <ReferenceChip reference="component:default/gone" target={null} />
            <NamedReference reference="user:default/ada" names={none} />
          </Row>
        )}
      </Specimen>
      <Specimen
        name="EntityRows, WidgetNote"
        text="A few entities in a box, a line each, with its reference or something else at the end; a sentence where there are none."
      >
        {() => (
          <>
            <Card title="Owned" isFlush>
              <EntityRows entities={[petstore, wordy]} />
            </Card>
            <Card title="Owned" isFlush>
              <EntityRows entities={[petstore, wordy]} aside={({ kind }) => <Badge>{kind}</Badge>} />
            </Card>
            <Card title="Owned" isFlush>
              <WidgetNote>
                <p>Nothing in the catalog is yours.</p>
                <Button size="small">Register something</Button>
              </WidgetNote>
            </Card>
          </>
        )}
      </Specimen>
      <Specimen name="EntitySummary" text="The few lines that float beside a chip.">
        {() => <Summary />}
      </Specimen>
    </>
  );
}
