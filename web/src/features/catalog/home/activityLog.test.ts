import { expect, test } from "vitest";
import { type Activity, lines, noted } from "./activityLog.ts";

const at = new Date("2026-01-01T10:00:00Z");
const change = (kind: "CREATED" | "UPDATED" | "DELETED" | "RESET", ref: string | null) => ({ kind, ref, entity: null });
const said = (log: readonly Activity[]) => log.map(({ kind, ref }) => `${kind} ${ref}`);

test("the last change comes first, and an entity that keeps changing stands there once", () => {
  let log: readonly Activity[] = [];
  for (const one of [change("CREATED", "a"), change("UPDATED", "a"), change("UPDATED", "b"), change("UPDATED", "a")]) {
    log = noted(log, one, at);
  }
  expect(said(log)).toEqual(["UPDATED a", "UPDATED b", "CREATED a"]);
});

test("what nobody can tell is not told, and the log does not grow for ever", () => {
  expect(noted([], change("RESET", null), at)).toEqual([]);
  let log: readonly Activity[] = [];
  for (let number = 0; number < 40; number += 1) log = noted(log, change("UPDATED", `e${number}`), at);
  expect([log.length, log[0]?.ref]).toEqual([30, "e39"]);
});

test("what happened since the page was there stands in place of what is known from before", () => {
  const entity = (ref: string) => ({ ref, kind: "Component", displayName: ref });
  const recent = [
    { at: "2026-01-01T09:00:00Z", entity: entity("a") },
    { at: "2026-01-01T08:00:00Z", entity: entity("b") },
  ];
  const log = noted([], change("UPDATED", "b"), at);
  expect(lines(log, recent).map(({ kind, ref }) => `${kind} ${ref}`)).toEqual(["UPDATED b", "null a"]);
  expect(lines([], null)).toEqual([]);
});
