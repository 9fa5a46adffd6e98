import { expect, test } from "vitest";
import { problemOf } from "../reading/problem.ts";
import { findType } from "./model.ts";
import { readProto } from "./read.ts";

const file = `// A licence.

syntax = "proto3";
package lantern.fares.v1;
import public "google/protobuf/any.proto";
option java_package = "x";

// Prices berths.
// And says why.
service Fares {
  option (x) = { a: "}" };
  // The price.
  rpc Quote(QuoteRequest) returns (stream .lantern.fares.v1.Quote) {
    option (google.api.http) = { get: "/v1/{name=x/*}" additional { post: "/v1" } };
  }
  rpc Watch(stream QuoteRequest) returns (Quote); // As they change
}

/* What is
 * asked. */
message QuoteRequest {
  string train = 1; // Its number
  repeated Traveller travellers = 2 [deprecated = true];
  map<string, Traveller.Card> cards = 3;
  oneof place { Seat seat = 4; string berth = 5; }
  reserved 6, 8 to 10;
  reserved "old";
  message Seat { enum Side { WINDOW = 0; AISLE = -1; } Side side = 1; }
}
message Traveller { message Card {} optional uint32 message = 1; }
message Quote {}
enum Class { option allow_alias = true; CLASS_UNKNOWN = 0; FIRST = 1 [(x) = "y"]; }
`;

test("services, messages and enums are read with what is said of them", () => {
  const { model } = readProto(file);
  expect(model).toMatchObject({
    syntax: "proto3",
    package: "lantern.fares.v1",
    imports: ["google/protobuf/any.proto"],
  });
  expect(model.services).toMatchObject([
    {
      name: "Fares",
      description: "Prices berths.\nAnd says why.",
      methods: [
        {
          name: "Quote",
          description: "The price.",
          input: { name: "QuoteRequest", isStream: false },
          output: { name: ".lantern.fares.v1.Quote", isStream: true },
        },
        { name: "Watch", description: "As they change", input: { isStream: true } },
      ],
    },
  ]);
  expect(model.messages.map(({ name }) => name)).toEqual([
    "QuoteRequest",
    "QuoteRequest.Seat",
    "Traveller",
    "Traveller.Card",
    "Quote",
  ]);
  expect(model.messages[0]).toMatchObject({
    description: "What is\nasked.",
    fields: [
      { name: "train", type: "string", number: "1", description: "Its number" },
      { name: "travellers", label: "repeated", isDeprecated: true },
      { name: "cards", type: "map<string, Traveller.Card>" },
      { name: "seat", oneOf: "place" },
      { name: "berth", oneOf: "place" },
    ],
    reserved: ["6, 8 to 10", '"old"'],
  });
  expect(model.enums).toMatchObject([
    {
      name: "QuoteRequest.Seat.Side",
      values: [
        { name: "WINDOW", number: "0" },
        { name: "AISLE", number: "-1" },
      ],
    },
    { name: "Class", values: [{ name: "CLASS_UNKNOWN" }, { name: "FIRST" }] },
  ]);
});

test("a comment with an empty line after it belongs to nothing", () => {
  expect(readProto("// A licence.\n\nmessage A {}").model.messages[0]).not.toHaveProperty("description");
});

test("names are looked for from the inside outwards", () => {
  const { model } = readProto(file);
  expect(findType(model, "Seat", "QuoteRequest")).toBe("QuoteRequest.Seat");
  expect(findType(model, "Side", "QuoteRequest.Seat")).toBe("QuoteRequest.Seat.Side");
  expect(findType(model, ".lantern.fares.v1.Quote", "Fares")).toBe("Quote");
  expect(findType(model, "google.protobuf.Any", "Quote")).toBeUndefined();
});

test("however many names are looked for, those of the file are gathered once", () => {
  const { model } = readProto(file);
  let count = 0;
  const counted = {
    ...model,
    get messages() {
      count += 1;
      return model.messages;
    },
  };
  for (let turn = 0; turn < 100; turn++) expect(findType(counted, "Quote", "Fares")).toBe("Quote");
  expect(count).toBe(1);
});

test("version 2 is read too", () => {
  const { model } =
    readProto(`message A { required group Result = 1 { required string url = 2; } extensions 100 to max; }
    extend A { optional int32 more = 100; }`);
  expect(model.messages).toMatchObject([
    { name: "A", fields: [{ name: "result", type: "Result" }] },
    { name: "A.Result", fields: [{ name: "url", label: "required" }] },
    { name: "A", isExtension: true, fields: [{ name: "more" }] },
  ]);
});

test("the outline lists services first", () => {
  expect(readProto(file).outline.groups.map(({ title, section, items }) => [title ?? section, items.length])).toEqual([
    ["Fares", 2],
    ["messages", 5],
    ["enums", 2],
  ]);
});

function problem(text: string) {
  try {
    readProto(text);
    return null;
  } catch (error) {
    return problemOf(error);
  }
}

test("a mistake is told with its line", () => {
  expect(problem("message A {\n  string name 1;\n}")).toEqual({
    reason: "syntax",
    detail: "Expected =, found 1",
    line: 2,
    column: 15,
  });
  expect(problem('syntax = "proto3')).toMatchObject({ reason: "syntax", line: 1 });
  expect(problem("message A {")).toMatchObject({ reason: "syntax" });
  expect(problem("hello world")).toMatchObject({ reason: "syntax" });
  expect(problem("/* never ends")).toMatchObject({ reason: "syntax" });
  expect(problem("option a = {")).toMatchObject({ reason: "syntax" });
  expect(problem("message A { reserved 1")).toMatchObject({ reason: "syntax" });
  expect(problem("service A { rpc B(C) returns (D) { option x = 1;")).toMatchObject({ reason: "syntax" });
});

test("depth has a limit", () => {
  expect(problem(`${"message A { ".repeat(90)}${"}".repeat(90)}`)).toBeNull();
  expect(problem(`${"message A { ".repeat(200)}${"}".repeat(200)}`)?.reason).toBe("tooDeep");
});
