import type { KeyboardEvent } from "react";

const resultLink = "[data-result-link]";

/** Moves the focus from the field to what was found. */
export function focusFirstResult() {
  document.querySelector<HTMLElement>(resultLink)?.focus();
}

/** Arrows, or j and k, go from one result to the next. */
export function walkResults(event: KeyboardEvent<HTMLElement>) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>(resultLink)];
  const here = links.indexOf(document.activeElement as HTMLElement);
  const next = step === undefined || here < 0 ? undefined : links[here + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
