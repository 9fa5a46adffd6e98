import type { Outcome } from "./outsideWorker.ts";
import type { OutsideRequest } from "./request.ts";

/** Sends a request to somebody else's API, in a worker of its own that ends with the request or when it is given up. */
export function sendOutside(request: OutsideRequest, signal: AbortSignal): Promise<Outcome | null> {
  return new Promise((resolve) => {
    // The name of this file is known to the server, which gives it a policy of its own.
    const worker = new Worker(new URL("./outsideWorker.ts", import.meta.url), { type: "module" });
    const end = (outcome: Outcome | null) => {
      worker.terminate();
      resolve(outcome);
    };
    signal.addEventListener("abort", () => end(null));
    worker.addEventListener("message", ({ data }: MessageEvent<Outcome>) => end(data));
    worker.addEventListener("error", (event) => end({ failure: "refused", detail: event.message || "" }));
    worker.postMessage(request);
  });
}
