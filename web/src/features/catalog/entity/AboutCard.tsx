import { ReferenceChip } from "#kit/entity/EntityChip.tsx";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { Badge } from "#ui/Badge.tsx";
import { Card } from "#ui/Card.tsx";
import type { EntityAboutFragment, EntityHeaderFragment, RelationTargetsFragment } from "./EntityPage.generated.ts";
import styles from "./Facts.module.css";
import { Fact, Facts } from "./Facts.tsx";
import { t } from "./messages.ts";

/** What an entity says about itself. */
export function AboutCard({ entity }: { entity: EntityAboutFragment & EntityHeaderFragment }) {
  const {
    displayName,
    kind,
    type,
    lifecycle,
    namespace,
    tags,
    labels,
    annotations,
    ownedBy,
    partOf,
    profile,
    targets,
  } = entity;
  return (
    <Card title={t("about")}>
      <Facts>
        {ownedBy.totalCount > 0 && (
          <Fact name={t("owner")}>
            <Chips relations={ownedBy} />
          </Fact>
        )}
        {partOf.totalCount > 0 && (
          <Fact name={t("partOf")}>
            <Chips relations={partOf} />
          </Fact>
        )}
        <Fact name={t("kind")}>{kind}</Fact>
        {type && <Fact name={t("type")}>{type}</Fact>}
        {lifecycle && <Fact name={t("lifecycle")}>{lifecycle}</Fact>}
        <Fact name={t("namespace")}>{namespace}</Fact>
        {profile?.displayName && profile.displayName !== displayName && (
          <Fact name={t("profile")}>{profile.displayName}</Fact>
        )}
        {profile?.email && (
          <Fact name={t("email")}>
            <a className="prose-link" href={`mailto:${profile.email}`}>
              {profile.email}
            </a>
          </Fact>
        )}
        {tags.length > 0 && (
          <Fact name={t("tags")} look="tight">
            {tags.map((tag) => (
              <Link key={tag} target={paths.catalog({ tag: [tag] })}>
                <Badge>{tag}</Badge>
              </Link>
            ))}
          </Fact>
        )}
        {targets && targets.length > 0 && (
          <Fact name={t("targets")} look="wide">
            {targets.map((target) => (
              <span key={target}>{target}</span>
            ))}
          </Fact>
        )}
      </Facts>
      <Folded title={t("labels", { count: labels.length })} pairs={labels} />
      <Folded title={t("annotations", { count: annotations.length })} pairs={annotations} />
    </Card>
  );
}

/** Pairs that few look for, folded away until somebody does. */
function Folded({ title, pairs }: { title: string; pairs: EntityAboutFragment["labels"] }) {
  if (pairs.length === 0) return null;
  return (
    <details className={styles.fold}>
      <summary>{title}</summary>
      <dl className={styles.pairs}>
        {pairs.map(({ key, value }) => (
          <div key={key}>
            <dt>{key}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Chips({ relations }: { relations: RelationTargetsFragment }) {
  return relations.nodes.map(({ targetRef, target }) => (
    <ReferenceChip key={targetRef} reference={targetRef} target={target} />
  ));
}
