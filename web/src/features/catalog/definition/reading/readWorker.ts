import type { Format } from "../format.ts";
import { readDefinition } from "./read.ts";

addEventListener(
  "message",
  ({ data: { format, text } }: MessageEvent<{ format: Exclude<Format, "text">; text: string }>) => {
    postMessage(readDefinition(format, text));
  },
);
