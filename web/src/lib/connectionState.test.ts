import { expect, test } from "vitest";
import { connectionOf, isGatewayStatus } from "./connectionState.ts";

const well = { isOffline: false, isUnreachable: false, isSilent: false };

test("the worst that is known is what is told", () => {
  expect(connectionOf(well)).toBe("well");
  expect(connectionOf({ ...well, isSilent: true })).toBe("silent");
  expect(connectionOf({ ...well, isSilent: true, isUnreachable: true })).toBe("unreachable");
  expect(connectionOf({ isOffline: true, isUnreachable: true, isSilent: true })).toBe("offline");
});

test("a server that fails is there, and one behind a gateway that fails is not", () => {
  expect([200, 401, 500, 502, 503, 504].map(isGatewayStatus)).toEqual([false, false, false, true, true, true]);
});
