import { expect, test } from "vitest";
import { linkAddress } from "./linkAddress.ts";

test("only addresses of the web and of people are followed", () => {
  const followed = ["https://a.example/x", "http://a.example", "mailto:a@b.example", "tel:123"];
  const refused = [
    "javascript:alert(1)",
    " JavaScript:alert(1)",
    "data:text/html,x",
    "file:/etc/passwd",
    "./here",
    "",
    null,
  ];
  expect(followed.map(linkAddress)).toEqual(followed);
  expect(refused.map(linkAddress)).toEqual(refused.map(() => undefined));
});
