import { layOut, type Structure } from "./layout.ts";

addEventListener("message", ({ data: { id, structure } }: MessageEvent<{ id: number; structure: Structure }>) => {
  postMessage({ id, layout: layOut(structure) });
});
