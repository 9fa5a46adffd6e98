import { afterEach, expect, test, vi } from "vitest";
import { isApplicable } from "./isApplicable.ts";

afterEach(() => vi.unstubAllGlobals());

test("a part is for everything unless it says otherwise", () => {
  expect(isApplicable({ id: "all" }, { kind: "API" })).toBe(true);
  const apis = { id: "apis", appliesTo: ({ kind }: { kind: string }) => kind === "API" };
  expect([isApplicable(apis, { kind: "API" }), isApplicable(apis, { kind: "User" })]).toEqual([true, false]);
});

test("a part that cannot say is left out, and that is reported once", () => {
  const reported = vi.fn();
  vi.stubGlobal("reportError", reported);
  const broken = {
    id: "broken",
    appliesTo: () => {
      throw new Error("broken on purpose");
    },
  };
  expect([isApplicable(broken, {}), isApplicable(broken, {})]).toEqual([false, false]);
  expect(reported).toHaveBeenCalledOnce();
});
