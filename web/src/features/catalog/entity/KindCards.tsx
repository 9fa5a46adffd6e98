import { GraphCard } from "../graph/card/GraphCard.tsx";
import { ContentsCards } from "./contents/ContentsCards.tsx";
import { t as contentsText } from "./contents/messages.ts";
import type { EntityPageQuery } from "./EntityPage.generated.ts";
import { HierarchyCard } from "./hierarchy/HierarchyCard.tsx";
import { refsBelow, treesOf } from "./hierarchy/hierarchy.ts";
import { t as hierarchyText } from "./hierarchy/messages.ts";
import { MembersCard } from "./people/MembersCard.tsx";
import { OwnershipCard } from "./people/OwnershipCard.tsx";
import { PersonCards } from "./people/PersonCards.tsx";
import type { RelationType } from "./relationTypes.ts";

type Entity = NonNullable<EntityPageQuery["entity"]>;
type Graph = EntityPageQuery["entityGraph"];

interface KindCardsProps {
  entity: Entity;
  graph: Graph;
}

/** The relations that the cards of a kind tell of. */
export function toldByKind(kind: string): readonly RelationType[] {
  return told[kind.toLowerCase()] ?? [];
}

const told: Partial<Record<string, readonly RelationType[]>> = {
  group: ["hasMember", "parentOf", "childOf", "ownerOf"],
  user: ["memberOf", "ownerOf"],
  system: ["hasPart"],
  domain: ["hasPart"],
};

/** What an entity is best known by, which depends on what it is. */
export function KindCards({ entity, graph }: KindCardsProps) {
  switch (entity.kind.toLowerCase()) {
    case "group":
      return <GroupCards entity={entity} graph={graph} />;
    case "user":
      return entity.owned && graph ? <PersonCards reference={entity.ref} owned={entity.owned} around={graph} /> : null;
    case "domain":
      return (
        <>
          {graph && <HierarchyCard title={hierarchyText("domains")} reference={entity.ref} around={graph} />}
          <ContentsCards reference={entity.ref} contents={entity} parts={entity.hasPart.totalCount} />
        </>
      );
    case "system":
      return (
        <>
          <GraphCard reference={entity.ref} graph={graph} title={contentsText("works")} isInside />
          <ContentsCards reference={entity.ref} contents={entity} parts={entity.hasPart.totalCount} />
        </>
      );
    default:
      return <GraphCard reference={entity.ref} graph={graph} />;
  }
}

function GroupCards({ entity, graph }: KindCardsProps) {
  const { ref, members, everybody, owned } = entity;
  // Counts of some of the groups below would pass for those of all.
  const below = graph && !graph.truncated ? refsBelow(treesOf([graph]), ref) : [ref];
  return (
    <>
      {graph && <HierarchyCard title={hierarchyText("groups")} reference={ref} around={graph} />}
      {members && <MembersCard reference={ref} direct={members} everybody={everybody?.totalCount ?? 0} />}
      {owned && <OwnershipCard reference={ref} own={{ ...entity, owned }} below={below} />}
    </>
  );
}
