import {
  Box,
  Boxes,
  CircleDashed,
  Database,
  FileInput,
  Layers,
  LayoutTemplate,
  type LucideIcon,
  Shapes,
  Sparkles,
  User,
  Users,
  Waypoints,
} from "lucide-react";
import { defineMessages } from "#lib/i18n/messages.ts";

const t = defineMessages("kind", {
  entity: { one: "{count} entity", other: "{count} entities" },
  component: { one: "{count} component", other: "{count} components" },
  api: { one: "{count} API", other: "{count} APIs" },
  resource: { one: "{count} resource", other: "{count} resources" },
  system: { one: "{count} system", other: "{count} systems" },
  domain: { one: "{count} domain", other: "{count} domains" },
  group: { one: "{count} group", other: "{count} groups" },
  user: { one: "{count} user", other: "{count} users" },
  location: { one: "{count} location", other: "{count} locations" },
  template: { one: "{count} template", other: "{count} templates" },
  airesource: { one: "{count} AI resource", other: "{count} AI resources" },
  custom: { one: "{count} {kind}", other: "{count} {kind}" },
});

/** How a kind looks, the same in a row, a chip and a graph. */
export interface KindLook {
  icon: LucideIcon;
  hue: string;
}

const looks = {
  component: { icon: Box, hue: "blue" },
  api: { icon: Waypoints, hue: "teal" },
  resource: { icon: Database, hue: "amber" },
  system: { icon: Boxes, hue: "violet" },
  domain: { icon: Layers, hue: "rose" },
  group: { icon: Users, hue: "cyan" },
  user: { icon: User, hue: "green" },
  location: { icon: FileInput, hue: "grey" },
  template: { icon: LayoutTemplate, hue: "orange" },
  airesource: { icon: Sparkles, hue: "rose" },
} satisfies Record<string, KindLook>;

type KnownKind = keyof typeof looks;

/** The kinds that have a look of their own. */
export const kindNames = Object.keys(looks);

const custom: KindLook = { icon: Shapes, hue: "grey" };

/** For a reference to something that is not there. */
export const danglingLook: KindLook = { icon: CircleDashed, hue: "grey" };

/** The icon and the hue of a kind, in whatever case it is written. */
export function kindLook(kind: string): KindLook {
  return knownKind(kind) ? looks[knownKind(kind) as KnownKind] : custom;
}

/** `12 components`; `12 entities` where the kinds are mixed. */
export function countOfKind(count: number, kind?: string): string {
  if (kind === undefined) return t("entity", { count });
  const known = knownKind(kind);
  return known ? t(known, { count }) : t("custom", { count, kind });
}

function knownKind(kind: string): KnownKind | undefined {
  const key = kind.toLowerCase();
  return Object.hasOwn(looks, key) ? (key as KnownKind) : undefined;
}
