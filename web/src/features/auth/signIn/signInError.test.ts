import { expect, test } from "vitest";
import { errorWords, quotedReason } from "./signInError.ts";

const providers = [{ id: "acme", title: "Acme" }];

test("a known code has words, any other is told as a failure", () => {
  expect(errorWords({ code: "no_user", reason: null, provider: null })).toContain("the catalog has no user");
  expect(errorWords({ code: "x", reason: null, provider: null })).toBe("You were not signed in.");
});

test("words of others are quoted, and only about a code and a place that the portal knows", () => {
  const error = { code: "provider_refused", reason: "You cancelled", provider: "acme" };
  expect(quotedReason(error, providers)).toBe("The answer about Acme was: “You cancelled”");
  for (const made of [
    { ...error, code: "x" },
    { ...error, provider: "IT" },
    { ...error, provider: null },
    { ...error, reason: null },
  ]) {
    expect(quotedReason(made, providers)).toBeNull();
  }
});
