import { at, entriesAt, isRecord, type Json, textAt } from "../json/access.ts";
import { resolve } from "../json/reference.ts";
import type { Outline, OutlineGroup } from "../outline.ts";
import { ReadingError } from "../reading/problem.ts";
import { majorOf } from "./model.ts";

const most = 20_000;

/** What an AsyncAPI document of version 2 or 3 holds. */
export function asyncApiOutline(document: Json): Outline {
  const major = majorOf(document);
  if (major !== 2 && major !== 3) {
    const version = textAt(document, "asyncapi");
    throw new ReadingError({ reason: "version", ...(version && { detail: version }) });
  }
  const title = textAt(document, "info", "title");
  const version = textAt(document, "info", "version");
  const channels = entriesAt(document, "channels")
    .slice(0, most)
    .map(([id, written]) => {
      const channel = resolve(document, written).value;
      const hint = textAt(channel, "title") ?? textAt(channel, "summary") ?? textAt(channel, "description");
      const address = major === 3 ? (textAt(channel, "address") ?? id) : id;
      return { id: `channel ${id}`, label: address, ...(hint && { hint: hint.slice(0, 200) }) };
    });
  const groups: OutlineGroup[] = [
    { section: "channels", items: channels },
    { section: "messages", items: named(document, "message", "messages") },
    { section: "schemas", items: named(document, "schema", "schemas") },
  ];
  return {
    ...(title && { title }),
    ...(version && { version }),
    groups: groups.filter(({ items }) => items.length > 0),
  };
}

function named(document: Json, word: string, section: string): OutlineGroup["items"] {
  return entriesAt(document, "components", section)
    .slice(0, most)
    .map(([name, one]) => {
      const hint = isRecord(one) ? (textAt(one, "summary") ?? textAt(one, "title")) : undefined;
      const isDeprecated = at(one, "deprecated") === true;
      return { id: `${word} ${name}`, label: name, ...(hint && { hint }), ...(isDeprecated && { isDeprecated }) };
    });
}
