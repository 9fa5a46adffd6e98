import type { Format } from "../format.ts";
import type { Reading } from "./read.ts";

/** Longer than any definition of a sane size takes on a slow machine. */
const patience = 60_000;

/**
 * Reads a definition beside the page, which stays quick however large it is. A definition is anybody's, so each is read
 * by a worker of its own that ends with it: one that never comes to an end is ended.
 */
export function readInWorker(format: Exclude<Format, "text">, text: string, signal: AbortSignal): Promise<Reading> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL("./readWorker.ts", import.meta.url), { type: "module" });
    const end = (reading: Reading) => {
      clearTimeout(timer);
      worker.terminate();
      resolve(reading);
    };
    const timer = setTimeout(() => end({ problem: { reason: "tooSlow" } }), patience);
    signal.addEventListener("abort", () => end({ problem: { reason: "tooSlow" } }));
    worker.addEventListener("message", ({ data }: MessageEvent<Reading>) => end(data));
    worker.addEventListener("messageerror", () => end({ problem: { reason: "tooMuch" } }));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      end({ problem: { reason: "broken", detail: event.message || "" } });
    });
    worker.postMessage({ format, text });
  });
}
