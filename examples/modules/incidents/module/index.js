// What the service knows, on the pages of the portal: it asks the portal's graph, which asks the service.
import { createElement as h } from "react";
import {
  Badge,
  Button,
  Cell,
  EmptyState,
  EntityLink,
  Fetched,
  Icon,
  NameCell,
  Table,
  Time,
  defineModule,
  defineTexts,
  reasonOf,
  toast,
  useMutation,
  useQuery,
  useViewer,
} from "@callboard/sdk";

const t = defineTexts({
  en: {
    title: "Incidents",
    text: "What goes wrong at the moment, wherever it does.",
    open: "Open incidents",
    openCount: { one: "{count} open incident", other: "{count} open incidents" },
    all: "All incidents of this",
    incident: "Incident",
    severity: "Severity",
    about: "About",
    since: "Since",
    major: "major",
    minor: "minor",
    over: "over",
    resolve: "It is over",
    resolved: "“{title}” is over",
    actions: "Actions",
    none: "No incidents",
    noneText: "Nothing went wrong here that anybody told us of.",
    noneOpen: "All is well",
    noneOpenText: "No incident is open.",
  },
  de: {
    title: "Störungen",
    text: "Was im Moment schiefgeht, wo auch immer.",
    open: "Offene Störungen",
    openCount: { one: "{count} offene Störung", other: "{count} offene Störungen" },
    all: "Alle Störungen hiervon",
    incident: "Störung",
    severity: "Schwere",
    about: "Betrifft",
    since: "Seit",
    major: "schwer",
    minor: "leicht",
    over: "vorbei",
    resolve: "Sie ist vorbei",
    resolved: "„{title}“ ist vorbei",
    actions: "Aktionen",
    none: "Keine Störungen",
    noneText: "Hier ist nichts schiefgegangen, von dem wir wüssten.",
    noneOpen: "Alles in Ordnung",
    noneOpenText: "Keine Störung ist offen.",
  },
});

/**
 * @typedef {{ id: string, title: string, severity: "MINOR" | "MAJOR", openedAt: string, resolvedAt: string | null,
 *   about: string }} Incident
 * @typedef {import("@callboard/sdk").ModuleEntity} Entity
 */

const FIELDS = "id title severity openedAt resolvedAt about";

/** @type {import("@callboard/sdk").TypedDocument<{ incidents: Incident[] | null }, { open: boolean }>} */
const OPEN_INCIDENTS = `query OpenIncidents($open: Boolean) { incidents(open: $open) { ${FIELDS} } }`;

/** @type {import("@callboard/sdk").TypedDocument<{ entity: { incidents: Incident[] | null } | null }, { ref: string, open?: boolean }>} */
const INCIDENTS_OF = `query IncidentsOf($ref: EntityRef!, $open: Boolean) {
  entity(ref: $ref) { incidents(open: $open) { ${FIELDS} } }
}`;

/** @type {import("@callboard/sdk").TypedDocument<{ resolveIncident: { id: string } }, { id: string }>} */
const RESOLVE = "mutation ResolveIncident($id: ID!) { resolveIncident(id: $id) { id } }";

/**
 * @template Result
 * @param {import("@callboard/sdk").QueryResult<Result>} query
 * @param {string} what
 * @param {(data: Result) => import("react").ReactNode} draw
 */
const fetched = (query, what, draw) =>
  h(Fetched, { query, what, children: (data) => draw(/** @type {Result} */ (data)) });

/** @param {{ incident: Incident }} props */
function State({ incident: { severity, resolvedAt } }) {
  if (resolvedAt) return h(Badge, { tone: "ok" }, t("over"));
  const isMajor = severity === "MAJOR";
  return h(Badge, { tone: isMajor ? "danger" : "warning" }, t(isMajor ? "major" : "minor"));
}

/** @param {{ incident: Incident }} props */
function Resolve({ incident: { id, title, resolvedAt } }) {
  const viewer = useViewer();
  const { run, isRunning } = useMutation(RESOLVE);
  if (!viewer || viewer.isGuest || resolvedAt) return null;
  const resolve = () =>
    run({ id }).then(
      () => toast(t("resolved", { title })),
      (error) => toast(reasonOf(error), "danger"),
    );
  return h(Button, { size: "small", disabled: isRunning, onClick: () => void resolve() }, t("resolve"));
}

/** @param {{ incidents: readonly Incident[], label: string, isAbout?: boolean }} props */
function Incidents({ incidents, label, isAbout = false }) {
  const columns = [
    { title: t("incident") },
    { title: t("severity") },
    ...(isAbout ? [{ title: t("about"), isWide: true }] : []),
    { title: t("since"), isWide: true },
    { title: t("actions"), isSilent: true },
  ];
  return h(
    Table,
    { label, columns },
    incidents.map((incident) =>
      h(
        "tr",
        { key: incident.id },
        h(NameCell, { narrow: h(Time, { at: incident.openedAt }), children: incident.title }),
        h(Cell, null, h(State, { incident })),
        isAbout && h(Cell, { isWide: true }, h(EntityLink, { reference: incident.about })),
        h(Cell, { isWide: true, isQuiet: true }, h(Time, { at: incident.openedAt })),
        h(Cell, null, h(Resolve, { incident })),
      ),
    ),
  );
}

function OpenPage() {
  const query = useQuery(OPEN_INCIDENTS, { open: true }, { refreshEvery: 60_000 });
  return fetched(query, t("open"), ({ incidents }) =>
    incidents?.length === 0
      ? h(EmptyState, { icon: "check", title: t("noneOpen"), text: t("noneOpenText") })
      : h(Incidents, { incidents: incidents ?? [], label: t("open"), isAbout: true }),
  );
}

/** @param {{ entity: Entity }} props */
function EntityTab({ entity: { ref } }) {
  const query = useQuery(INCIDENTS_OF, { ref });
  return fetched(query, t("title"), ({ entity }) =>
    entity?.incidents?.length === 0
      ? h(EmptyState, { icon: "check", title: t("none"), text: t("noneText") })
      : h(Incidents, { incidents: entity?.incidents ?? [], label: t("all") }),
  );
}

/** @param {{ entity: Entity }} props */
function EntityCard({ entity: { ref } }) {
  const query = useQuery(INCIDENTS_OF, { ref, open: true });
  return fetched(query, t("title"), ({ entity }) => {
    const open = entity?.incidents ?? [];
    if (open.length === 0) return h("p", { style: { color: "var(--text-muted)" } }, t("noneOpenText"));
    return h(
      "ul",
      { style: { display: "grid", gap: 8 } },
      open.map((incident) =>
        h(
          "li",
          { key: incident.id, style: { display: "flex", gap: 8, alignItems: "center" } },
          h("span", { style: { flex: 1, minWidth: 0 } }, incident.title),
          h(State, { incident }),
        ),
      ),
    );
  });
}

/** Beside an entity that the palette finds: how many incidents are open. @param {{ result: { id: string } }} props */
function ResultView({ result: { id } }) {
  const { data } = useQuery(INCIDENTS_OF, { ref: id, open: true });
  const count = data?.entity?.incidents?.length ?? 0;
  if (count === 0) return null;
  return h(
    Badge,
    { tone: "warning" },
    h(
      "span",
      { style: { display: "flex", gap: 4, alignItems: "center" } },
      h(Icon, { name: "siren", size: 12 }),
      t("openCount", { count }),
    ),
  );
}

const kinds = ["component", "api", "resource", "system"];
const appliesTo = (/** @type {Entity} */ { kind }) => kinds.includes(kind.toLowerCase());

export default defineModule({
  sdk: "1.0",
  title: () => t("title"),
  version: "1.0.0",
  parts: {
    pages: [{ path: "/", title: () => t("title"), text: () => t("text"), component: OpenPage }],
    navigation: [{ title: () => t("title"), icon: "siren", group: "explore", order: 70 }],
    entityTabs: [{ id: "all", title: () => t("title"), appliesTo, component: EntityTab }],
    entityCards: [{ id: "open", title: () => t("open"), appliesTo, component: EntityCard }],
    searchResultViews: [
      {
        id: "count",
        appliesTo: ({ id, source }) => source !== "recent" && kinds.some((kind) => id.startsWith(`${kind}:`)),
        component: ResultView,
      },
    ],
  },
});
