import { asyncApiOutline } from "../asyncapi/outline.ts";
import type { Format } from "../format.ts";
import type { SdlModel } from "../graphql/model.ts";
import { readGraphql } from "../graphql/read.ts";
import type { Json } from "../json/access.ts";
import { openApiOutline } from "../openapi/outline.ts";
import type { Outline } from "../outline.ts";
import type { ProtoModel } from "../proto/model.ts";
import { readProto } from "../proto/read.ts";
import { type Problem, problemOf } from "./problem.ts";
import { readTree } from "./tree.ts";

/** A definition that was read. */
export type Read =
  | { format: "openapi" | "asyncapi"; outline: Outline; document: Json }
  | { format: "graphql"; outline: Outline; model: SdlModel }
  | { format: "grpc"; outline: Outline; model: ProtoModel };

/** What came of reading one. */
export type Reading = { read: Read; problem?: undefined } | { read?: undefined; problem: Problem };

/** Longer than this nothing is read: its source is shown. */
export const longest = 20_000_000;

/** Reads a definition; never throws. */
export function readDefinition(format: Exclude<Format, "text">, text: string): Reading {
  if (text.length > longest) return { problem: { reason: "tooLarge" } };
  try {
    return { read: read(format, text) };
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

function read(format: Exclude<Format, "text">, text: string): Read {
  if (format === "graphql") return { format, ...readGraphql(text) };
  if (format === "grpc") return { format, ...readProto(text) };
  const document = readTree(text);
  return { format, document, outline: format === "openapi" ? openApiOutline(document) : asyncApiOutline(document) };
}
