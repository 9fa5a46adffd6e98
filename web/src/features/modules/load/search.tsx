import type { SearchProvider } from "#kit/feature.ts";
import type { SearchHitPart, SearchPart } from "#kit/modules/definition.ts";
import { targetOf } from "#kit/paths.ts";
import { safeIcon, safeText } from "./guards.tsx";
import { faultsOf, hitShape } from "./shapes.ts";

/** How much of what a module finds is shown. */
const most = 20;

/** What a module finds for the palette. */
export function searchOf(module: string, { id, title, permissions, find }: SearchPart): SearchProvider {
  return {
    id,
    title: safeText(module, title, id),
    ...(permissions && { permissions }),
    find: async (words, { signal }) => {
      const found: unknown = await find(words, { signal });
      return { hits: readHits(module, id, found).map((hit) => hitOf(module, id, hit)) };
    },
  };
}

function readHits(module: string, id: string, found: unknown): SearchHitPart[] {
  if (!Array.isArray(found)) throw new Error(`module ${module}: what the search \`${id}\` gives must be a list`);
  const hits = found.slice(0, most);
  const [fault] = hits.flatMap((hit, position) => faultsOf(hit, hitShape, `hits[${position}]`));
  if (fault) throw new Error(`module ${module}: the search \`${id}\` gives what cannot be shown: ${fault}`);
  return hits as SearchHitPart[];
}

function hitOf(module: string, search: string, { id, title, detail, icon = "search", address }: SearchHitPart) {
  const Icon = safeIcon(module, icon);
  return {
    id: `${module}.${search}.${id}`,
    title,
    ...(detail !== undefined && { detail }),
    icon: <Icon size={14} aria-hidden />,
    target: targetOf(address),
  };
}
