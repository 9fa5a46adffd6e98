import { EntityChip } from "#kit/entity/EntityChip.tsx";
import { Card } from "#ui/Card.tsx";
import { Time } from "#ui/Time.tsx";
import type { EntityIngestionFragment } from "./EntityIngestion.generated.ts";
import type { EntityAboutFragment } from "./EntityPage.generated.ts";
import { Fact, Facts } from "./Facts.tsx";
import { t } from "./messages.ts";

/** Where an entity came from. */
export function SourceCard({ entity }: { entity: EntityAboutFragment & EntityIngestionFragment }) {
  const annotation = (key: string) => entity.annotations.find((one) => one.key === `backstage.io/${key}`)?.value;
  const origins = [
    [t("readFrom"), entity.sourceLocation],
    [t("managedBy"), annotation("managed-by-location")],
    [t("registeredBy"), annotation("managed-by-origin-location")],
  ] as const;
  const known = origins.filter(
    ([, place], position) => place && origins.findIndex(([, other]) => other === place) === position,
  );
  const ancestors = entity.ancestry.items.slice(1);
  if (known.length + ancestors.length === 0) return null;
  return (
    <Card title={t("source")}>
      <Facts>
        {known.map(([name, place]) => (
          <Fact key={name} name={name} look="wide">
            {place}
          </Fact>
        ))}
        {entity.ingestion.readAt && (
          <Fact name={t("lastRead")}>
            <Time at={entity.ingestion.readAt} />
          </Fact>
        )}
        {ancestors.length > 0 && (
          <Fact name={t("through")} look="wide">
            {ancestors.map((ancestor) => (
              <EntityChip key={ancestor.entity.ref} entity={ancestor.entity} />
            ))}
          </Fact>
        )}
      </Facts>
    </Card>
  );
}
