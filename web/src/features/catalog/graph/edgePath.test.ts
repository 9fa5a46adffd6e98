import { expect, test } from "vitest";
import { type Box, edgePath } from "./edgePath.ts";

const box = (x: number, y: number): Box => ({ x, y, width: 100, height: 40 });

test("a way leaves at one side and arrives at the other, with its head there", () => {
  expect(edgePath(box(0, 0), box(200, 80), "right")).toEqual({
    line: "M100,20C146,20 146,100 192,100",
    head: "M200,100L192,96 192,104Z",
    middle: { x: 146, y: 60 },
  });
  expect(edgePath(box(200, 0), box(0, 0), "right").line).toBe("M200,20C154,20 154,20 108,20");
  expect(edgePath(box(0, 0), box(0, 100), "down").line).toBe("M50,40C50,66 50,66 50,92");
});

test("a way passes where it is led", () => {
  const { line } = edgePath(box(0, 0), box(400, 0), "right", 0, [{ x: 250, y: 90 }]);
  expect(line).toContain("250,90C");
});

test("beside each other a way goes out and back, to itself too", () => {
  expect(edgePath(box(0, 0), box(0, 100), "right").head).toBe("M100,120L108,116 108,124Z");
  const loop = edgePath(box(0, 0), box(0, 0), "right");
  expect(loop.line.startsWith("M100,10C")).toBe(true);
  expect(loop.head.startsWith("M100,30L")).toBe(true);
});

test("parallel ways lie beside each other, and so do their words", () => {
  const [one, other] = [-0.5, 0.5].map((turn) => edgePath(box(0, 0), box(200, 0), "right", turn));
  expect(one?.line).not.toBe(other?.line);
  expect((other?.middle.y ?? 0) - (one?.middle.y ?? 0)).toBe(20);
});
