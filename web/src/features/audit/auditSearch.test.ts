import { expect, test } from "vitest";
import { formatUrlSearch, parseUrlSearch } from "#lib/urlSearch.ts";
import { changed, filterOf, isNarrowed, readAuditSearch } from "./auditSearch.ts";

const now = new Date("2026-03-10T12:00:42Z");

test("what was read from an address writes the same address", () => {
  const address =
    "?actor=user:default/ada&action=createRole&action=updateRole&outcome=DENIED&target=crew&range=day&after=x";
  expect(formatUrlSearch({ ...readAuditSearch(parseUrlSearch(address)) })).toBe(address);
});

test("nonsense in an address is left out", () => {
  const search = readAuditSearch(parseUrlSearch("?outcome=MAYBE&range=ages&since=yesterday&actor=&other=1"));
  expect(search).toEqual({});
  expect(isNarrowed(search)).toBe(false);
});

test("a named span is counted back from the minute, and wins over two times", () => {
  const search = readAuditSearch({ range: "hour", since: "2020-01-01T00:00:00Z" });
  expect(filterOf(search, now)).toEqual({ since: "2026-03-10T11:00:00.000Z" });
});

test("a change starts from the newest event", () => {
  const search = changed({ range: "day", after: "x" }, { range: undefined, target: "crew" });
  expect(search).toEqual({ target: "crew" });
});
