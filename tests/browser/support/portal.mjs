// The portal as a browser sees it: one Chromium for a file of tests, a fresh profile for each test, and no test passes
// in which the console, the content security policy or a script complained.
import { test } from "node:test";
import { chromium } from "playwright-core";

/** Where the server is. */
export const base = process.env.CALLBOARD_URL?.replace(/\/$/, "");
if (!base) throw new Error("set CALLBOARD_URL to the address of a running server with the demo catalog");

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let browser;
const inFlight = new WeakMap();

async function openBrowser() {
  browser ??= await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags });
  return browser;
}

test.after(() => browser?.close());

/** Opens a profile of its own for somebody: whom `token` stands for, or nobody known. */
async function openProfile({ width = 1440, height = 900, scheme = "light", locale, token }) {
  return (await openBrowser()).newContext({
    viewport: { width, height },
    colorScheme: scheme,
    hasTouch: width < 500,
    reducedMotion: "reduce",
    permissions: ["clipboard-read", "clipboard-write"],
    ...(locale && { locale }),
    ...(token && { extraHTTPHeaders: { authorization: `Bearer ${token}` } }),
  });
}

/**
 * A test with a page of its own. `width`, `scheme` and `locale` choose the device, `token` who it is; `allow` lists the
 * complaints that the test provokes.
 */
export function browserTest(name, { allow = [], ...device } = {}, run) {
  test(name, { timeout: 60_000 }, async (context) => {
    const profile = await openProfile(device);
    try {
      const page = await profile.newPage();
      const complaints = listen(page);
      await run(page, context);
      const unexpected = complaints.filter((text) => !allow.some((pattern) => pattern.test(text)));
      if (unexpected.length > 0) throw new Error(`the page complained:\n${unexpected.join("\n")}`);
    } finally {
      await profile.close();
    }
  });
}

/** Does something on a page of somebody else, beside the one of the test. */
export async function asSomeone(device, run) {
  const profile = await openProfile(device);
  try {
    const page = await profile.newPage();
    listen(page);
    return await run(page);
  } finally {
    await profile.close();
  }
}

function listen(page) {
  const complaints = [];
  const pending = new Set();
  inFlight.set(page, pending);
  page.on("request", (request) => pending.add(request));
  page.on("requestfinished", (request) => pending.delete(request));
  page.on("requestfailed", (request) => pending.delete(request));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`script: ${error.message}`));
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "";
    if (reason !== "net::ERR_ABORTED") complaints.push(`request: ${request.url()} ${reason}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`status: ${response.status()} ${response.url()}`);
  });
  return complaints;
}

/** Opens a path and waits for its heading and its data. */
export async function open(page, path, origin = base) {
  await page.goto(origin + path);
  await page.getByRole("heading", { level: 1 }).waitFor({ state: "attached" });
  await settled(page);
}

/** Waits until nothing is being fetched and nothing on the page is about to change. */
export async function settled(page) {
  const pending = inFlight.get(page);
  const isBusy = async () => pending.size > 0 || (await page.locator("[aria-busy=true]").count()) > 0;
  for (let quiet = 0; quiet < 3; ) {
    quiet = (await isBusy()) ? 0 : quiet + 1;
    await page.waitForTimeout(30);
  }
}

/** Repeats a check until it passes, for what the page shows a moment later. */
export async function eventually(check, milliseconds = 5000) {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Asks the server itself, past the browser. */
export async function query(document, variables = {}, { origin = base, token } = {}) {
  const response = await fetch(`${origin}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query: document, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

/** The path and search of the address bar. */
export function address(page) {
  const { pathname, search } = new URL(page.url());
  return pathname + search;
}

/** The names in the first column, as shown. */
export function rowNames(page) {
  return page.locator("[data-row-link]").allTextContents();
}
