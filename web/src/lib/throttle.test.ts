import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { throttled } from "./throttle.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("the first call runs at once, the others together once the time is over", () => {
  let runs = 0;
  const { call } = throttled(() => {
    runs += 1;
  }, 1000);
  call();
  expect(runs).toBe(1);
  for (let time = 0; time < 10; time += 1) call();
  vi.advanceTimersByTime(999);
  expect(runs).toBe(1);
  vi.advanceTimersByTime(1);
  expect(runs).toBe(2);
  vi.advanceTimersByTime(5000);
  expect(runs).toBe(2);
});

test("a steady stream runs once each period, and the last call is not lost", () => {
  let runs = 0;
  const { call } = throttled(() => {
    runs += 1;
  }, 1000);
  for (let time = 0; time < 3000; time += 100) {
    call();
    vi.advanceTimersByTime(100);
  }
  expect(runs).toBe(4);
  call();
  vi.advanceTimersByTime(1000);
  expect(runs).toBe(5);
});

test("what is due can be forgotten", () => {
  let runs = 0;
  const { call, cancel } = throttled(() => {
    runs += 1;
  }, 1000);
  call();
  call();
  cancel();
  vi.advanceTimersByTime(2000);
  expect(runs).toBe(1);
});
