import { expect, test } from "vitest";
import { proxyAddress } from "./proxy.ts";

test("an address behind the proxy is below its endpoint", () => {
  expect(proxyAddress("status", "/v1/services?name=cart&name=pay")).toBe(
    "/api/proxy/status/v1/services?name=cart&name=pay",
  );
  expect(proxyAddress("status", "")).toBe("/api/proxy/status/");
  expect(proxyAddress("status/eu", "a?next=/../b")).toBe("/api/proxy/status/eu/a?next=/../b");
});

test("what would leave the endpoint is refused before it is sent", () => {
  for (const path of ["../admin", "/v1/../../admin", "/v1/..", "/./a", "/%2e%2e/a", "/v1/%2E./a", "a\\..\\b", "/a#b"]) {
    expect(() => proxyAddress("status", path), path).toThrow("leads out");
  }
  for (const endpoint of ["", "/status", "status/", "a b", "../x?"]) {
    expect(() => proxyAddress(endpoint, "/"), endpoint).toThrow("no name");
  }
});
