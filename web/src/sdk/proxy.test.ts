import { expect, test } from "vitest";
import { proxyAddress, proxyFailure } from "./proxy.ts";

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

test("what the portal refuses is told in its own words, with the permission that is lacking", () => {
  const text = JSON.stringify({
    errors: [{ message: "not allowed", extensions: { code: "FORBIDDEN", permission: "proxy.endpoint.read" } }],
  });
  const { code, message, permission, requestId } = proxyFailure("status", 403, text, false, "request-42");
  expect({ code, message, permission, requestId }).toEqual({
    code: "FORBIDDEN",
    message: "not allowed",
    permission: "proxy.endpoint.read",
    requestId: "request-42",
  });
  expect(proxyFailure("status", 502, "<html>", false, null).code).toBe("UNAVAILABLE");
});

test("that a service refuses the portal's credentials is not that the reader's session has ended", () => {
  const codes = [401, 403, 404, 429, 500].map((status) => proxyFailure("status", status, "{}", true, null).code);
  expect(codes).toEqual(["OTHER", "OTHER", "NOT_FOUND", "RATE_LIMITED", "UNAVAILABLE"]);
  const long = proxyFailure("status", 500, "x".repeat(5000), true, null);
  expect(long.message.length).toBeLessThan(300);
  // It wrote what the portal would: it speaks for itself all the same.
  const posing = JSON.stringify({ errors: [{ message: "sign in", extensions: { code: "UNAUTHENTICATED" } }] });
  expect(proxyFailure("status", 401, posing, true, null).code).toBe("OTHER");
});
