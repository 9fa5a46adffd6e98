import { expect, test } from "vitest";
import { addressOf } from "#kit/paths.ts";
import { cleared, readCatalogSearch, toggled } from "./catalogSearch.ts";
import { listTarget } from "./listPlace.ts";

test("a list of APIs stays one, whatever is chosen in it", () => {
  const search = readCatalogSearch({ kind: "api", type: "grpc", sort: "owner" });
  expect(addressOf(listTarget("apis", search))).toBe("/apis?type=grpc&sort=owner");
  expect(addressOf(listTarget("apis", toggled(search, "type", "openapi")))).toBe(
    "/apis?type=grpc&type=openapi&sort=owner",
  );
  expect(addressOf(listTarget("apis", cleared(search)))).toBe("/apis?sort=owner");
  expect(addressOf(listTarget("catalog", search))).toBe("/catalog?kind=api&type=grpc&sort=owner");
});
