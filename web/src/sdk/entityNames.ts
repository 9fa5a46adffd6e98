import type { EntityChipFragment } from "#kit/entity/EntityChip.generated.ts";
import { EntityNamesDocument } from "#kit/entity/EntityNames.generated.ts";
import { request } from "#lib/graphql/request.ts";

/** How many the server names at once. */
const most = 200;

let waiting: Map<string, ((result: Promise<EntityChipFragment | null>) => void)[]> | undefined;

/** What an entity is called; all that are asked for at once are asked of the server at once. */
export function entityName(reference: string): Promise<EntityChipFragment | null> {
  return new Promise((answer) => {
    if (!waiting) {
      waiting = new Map();
      setTimeout(send);
    }
    waiting.set(reference, [...(waiting.get(reference) ?? []), answer]);
  });
}

function send() {
  const asked = [...(waiting ?? [])];
  waiting = undefined;
  for (let start = 0; start < asked.length; start += most) {
    const part = asked.slice(start, start + most);
    const found = request(EntityNamesDocument, { refs: part.map(([reference]) => reference) });
    for (const [position, [, answers]] of part.entries()) {
      const one = found.then(({ data }) => data.entitiesByRef?.[position] ?? null);
      for (const answer of answers) answer(one);
    }
  }
}
