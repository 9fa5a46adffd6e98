// An organization of any size for tests of many entities: the same names every time, in a few files of many documents.
const perFile = 1000;
const types = ["service", "website", "library"];
const lifecycles = ["production", "production", "experimental", "deprecated"];
const words = ["ledger", "signal", "harbour", "parcel", "meadow", "beacon", "quarry", "orchard", "ferry", "lantern"];

const pick = (list, index) => list[index % list.length];
const word = (index) => `${pick(words, index)} ${pick(words, Math.floor(index / words.length) + index)}`;

function entity(kind, name, spec, metadata = {}) {
  const apiVersion = "backstage.io/v1alpha1";
  return { apiVersion, kind, metadata: { name, ...metadata }, spec };
}

function component(index, teams, systems) {
  return entity(
    "Component",
    `component-${String(index).padStart(6, "0")}`,
    {
      type: pick(types, index),
      lifecycle: pick(lifecycles, index),
      owner: `group:team-${index % teams}`,
      system: `system-${index % systems}`,
      ...(index > 0 && { dependsOn: [`component:component-${String(Math.floor(index / 2)).padStart(6, "0")}`] }),
    },
    {
      title: `Component ${index}`,
      description: `Keeps the ${word(index)} of the organization.`,
      tags: [pick(words, index), pick(words, index + 3)],
      links: [{ url: `https://runbooks.example.org/${index}`, title: "Runbook" }],
    },
  );
}

/** Descriptors of at least `count` entities by file name: teams, systems, and components for all the rest. */
export function organization(count) {
  const teams = Math.max(2, Math.round(count / 200));
  const systems = Math.max(2, Math.round(count / 50));
  const entities = [
    entity("Group", "organization", { type: "organization", children: [] }),
    ...Array.from({ length: teams }, (_, index) =>
      entity("Group", `team-${index}`, { type: "team", parent: "organization", children: [] }),
    ),
    ...Array.from({ length: systems }, (_, index) =>
      entity("System", `system-${index}`, { owner: `group:team-${index % teams}` }, { title: `System ${index}` }),
    ),
  ];
  for (let index = 0; entities.length < count; index++) entities.push(component(index, teams, systems));
  const files = {};
  for (let start = 0; start < entities.length; start += perFile) {
    const documents = entities.slice(start, start + perFile).map((document) => `---\n${JSON.stringify(document)}\n`);
    files[`part-${start / perFile}.yaml`] = documents.join("");
  }
  return files;
}
