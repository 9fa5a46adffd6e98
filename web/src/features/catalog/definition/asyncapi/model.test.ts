import { expect, test } from "vitest";
import { channelOf } from "./model.ts";
import { asyncApiOutline } from "./outline.ts";

const third = {
  asyncapi: "3.0.0",
  info: { title: "Events", version: "1" },
  channels: {
    moves: {
      address: "trains.{number}",
      parameters: { number: { description: "Which train", enum: ["1", "2"] } },
      messages: { left: { $ref: "#/components/messages/Left" } },
    },
  },
  operations: {
    onMove: {
      action: "receive",
      channel: { $ref: "#/channels/moves" },
      messages: [{ $ref: "#/channels/moves/messages/left" }],
    },
    other: { action: "send", channel: { $ref: "#/channels/else" } },
  },
  components: {
    messages: { Left: { summary: "A train left", payload: { type: "object" } } },
    schemas: { Minutes: { type: "integer" } },
  },
};

const second = {
  asyncapi: "2.6.0",
  defaultContentType: "application/json",
  channels: {
    "trains/left": {
      subscribe: {
        operationId: "onLeft",
        message: {
          oneOf: [
            { name: "Left", payload: { type: "object" } },
            { schemaFormat: "application/vnd.apache.avro", payload: {} },
          ],
        },
      },
    },
  },
};

test("version 3 joins a channel with its operations", () => {
  expect(channelOf(third, "moves")).toMatchObject({
    address: "trains.{number}",
    parameters: [{ name: "number", description: "Which train", schema: { type: "string", enum: ["1", "2"] } }],
    operations: [{ action: "receive", name: "onMove", messages: ["Left"] }],
    messages: [{ name: "Left", summary: "A train left", payload: { type: "object" } }],
  });
});

test("version 2 has its operations in the channel", () => {
  expect(channelOf(second, "trains/left")).toMatchObject({
    address: "trains/left",
    operations: [{ action: "subscribe", name: "onLeft", messages: ["Left", "subscribe 2"] }],
    messages: [
      { name: "Left", contentType: "application/json" },
      { name: "subscribe 2", schemaFormat: "application/vnd.apache.avro" },
    ],
  });
});

test("what is not there is not found", () => {
  expect(channelOf(third, "constructor")).toBeUndefined();
});

test("the outline lists channels, messages and schemas", () => {
  expect(asyncApiOutline(third).groups).toEqual([
    { section: "channels", items: [{ id: "channel moves", label: "trains.{number}" }] },
    { section: "messages", items: [{ id: "message Left", label: "Left", hint: "A train left" }] },
    { section: "schemas", items: [{ id: "schema Minutes", label: "Minutes" }] },
  ]);
  expect(asyncApiOutline(second).groups).toHaveLength(1);
  expect(() => asyncApiOutline({ asyncapi: "1.2.0" })).toThrow("1.2.0");
});
