import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { use } from "react";
import type { TypedDocument } from "#lib/graphql/document.ts";
import { type Feature, FeaturesContext } from "./feature.ts";
import { fetchFor } from "./query.ts";

type Answers = { viewer: Record<string, boolean | null> | null };

/**
 * Which of the permissions that features ask for the viewer has, on anything at all; undefined until it is known. One
 * operation asks for all of them, as which they are depends on the features that the portal is built with.
 */
export function useGranted(): ReadonlySet<string> | undefined {
  const names = permissionsOf(use(FeaturesContext));
  return useQuery({
    queryKey: ["Permissions", names],
    queryFn: async (context) => {
      const { data, failures } = await fetchFor(context, documentFor(names), {});
      // What could not be decided is not refused: it stays unknown, or what it was. That a plugin is not there is known.
      const undecided = failures.find(({ code }) => code !== "BAD_USER_INPUT");
      if (undecided) throw undecided;
      return names.filter((_, position) => data.viewer?.[`p${position}`] === true);
    },
    enabled: names.length > 0,
    // What a module adds to the names, once it is there, takes nothing of what is known from the page.
    placeholderData: keepPreviousData,
    select: setOf,
  }).data;
}

function setOf(names: string[]): ReadonlySet<string> {
  return new Set(names);
}

/** Whether the viewer has a permission on anything at all; false until it is known. */
export function useMay(permission: string): boolean {
  return useGranted()?.has(permission) ?? false;
}

/** Every permission that something in these features depends on. */
function permissionsOf(features: readonly Feature[]): string[] {
  const names = features.flatMap(
    ({ permissions = [], navigation = [], adminSections = [], commands = [], search = [], homeWidgets = [] }) => [
      ...permissions,
      ...[...navigation, ...commands, ...search, ...homeWidgets].flatMap((part) => part.permissions ?? []),
      ...adminSections.flatMap(({ permission }) => permission ?? []),
    ],
  );
  return [...new Set(names)].sort();
}

function documentFor(names: readonly string[]): TypedDocument<Answers, Record<string, never>> {
  const fields = names.map((name, position) => `p${position}:can(permission:${JSON.stringify(name)})`);
  return `query Permissions{viewer{${fields.join(" ")}}}`;
}

/** Whether something that is for those who have one of these permissions is for the viewer; none means everyone. */
export function isGranted(
  permissions: readonly string[] | undefined,
  granted: ReadonlySet<string> | undefined,
): boolean {
  return !permissions || permissions.some((name) => granted?.has(name) ?? false);
}
