import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Fails with every violation axe finds, best practices included, but for the rules that a page breaks on purpose. */
export async function checkAccessibility(page, { except = [] } = {}) {
  // The policy forbids foreign scripts in the page, so axe runs in a world of its own.
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send("Page.getFrameTree");
  const { executionContextId: contextId } = await session.send("Page.createIsolatedWorld", {
    frameId: frameTree.frame.id,
    worldName: "axe",
  });
  const evaluate = async (expression) => {
    const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
      expression,
      contextId,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  await evaluate(`${source}; undefined`);
  const rules = JSON.stringify(Object.fromEntries(except.map((rule) => [rule, { enabled: false }])));
  const violations = await evaluate(
    `axe.run(document, { resultTypes: ['violations'], rules: ${rules} }).then(({ violations }) => violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html, failureSummary }) => html.slice(0, 200) + '\\n      ' + failureSummary) })))`,
  );
  await session.detach();
  if (violations.length > 0) {
    const text = violations.map(({ id, help, nodes }) => `${id}: ${help}\n    ${nodes.join("\n    ")}`).join("\n");
    throw new Error(`axe at ${page.url()}:\n${text}`);
  }
}

/** Fails when the page is wider than its window. */
export async function checkWidth(page) {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (excess > 0) throw new Error(`${page.url()} is ${excess} px wider than the window`);
}
