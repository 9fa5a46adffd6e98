import type { Layout, Structure } from "./layout.ts";

type Done = { resolve: (layout: Layout) => void; reject: (error: Error) => void };

let worker: Worker | undefined;
let last = 0;
const waiting = new Map<number, Done>();

/** Lays out a graph beside the page, which stays quick however large it is. */
export function layOutInWorker(structure: Structure): Promise<Layout> {
  last += 1;
  const id = last;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    worker ??= start();
    worker.postMessage({ id, structure });
  });
}

function start(): Worker {
  const made = new Worker(new URL("./layoutWorker.ts", import.meta.url), { type: "module" });
  made.addEventListener("message", ({ data: { id, layout } }: MessageEvent<{ id: number; layout: Layout }>) => {
    waiting.get(id)?.resolve(layout);
    waiting.delete(id);
  });
  made.addEventListener("error", ({ message }) => {
    worker = undefined;
    for (const { reject } of waiting.values()) reject(new Error(message || "the graph could not be laid out"));
    waiting.clear();
  });
  return made;
}
