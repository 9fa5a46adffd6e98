import { expect, test } from "vitest";
import { browserName } from "./userAgent.ts";

test("browsers are called what people call them", () => {
  const names = [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36 Edg/124.0.0.0",
    "Mozilla/5.0 (X11; Linux x86_64; rv:124.0) Gecko/20100101 Firefox/124.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/124.0 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36",
  ].map(browserName);
  expect(names).toEqual([
    "Safari on macOS",
    "Edge on Windows",
    "Firefox on Linux",
    "Chrome on iOS",
    "Chrome on Android",
  ]);
});

test("programs are called what they call themselves", () => {
  expect(["curl/8.5.0", null, "", "¯\\_(ツ)_/¯"].map(browserName)).toEqual([
    "curl/8.5.0",
    "Unknown browser",
    "Unknown browser",
    "Unknown browser",
  ]);
});
