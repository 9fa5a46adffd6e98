import { createContext } from "react";
import type { DrawnNode } from "../drawing.ts";

/** What can be done with a node of the canvas. */
export interface CanvasActs {
  select: (node: DrawnNode) => void;
  begin: (node: DrawnNode) => void;
  /** Takes the keyboard to the next node in the direction of an arrow key. */
  move: (from: string, key: string) => void;
  /** The id of the words that say which keys there are. */
  hint: string;
}

const nothing = () => {};

/** The same for all nodes, so that none is drawn again when what they do is made anew. */
export const CanvasActsContext = createContext<CanvasActs>({
  select: nothing,
  begin: nothing,
  move: nothing,
  hint: "",
});
