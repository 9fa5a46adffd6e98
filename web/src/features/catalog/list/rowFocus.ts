import type { KeyboardEvent } from "react";

const rowLink = "[data-row-link]";

/** Moves the focus from the text box into the list. */
export function focusFirstRow() {
  document.querySelector<HTMLElement>(rowLink)?.focus();
}

/** Arrows, or j and k, walk the rows; Home and End go to the ends. */
export function walkRows(event: KeyboardEvent<HTMLElement>) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>(rowLink)];
  const here = links.findIndex((link) => link.closest("tr")?.contains(document.activeElement));
  const there = destination(event.key, here, links.length - 1);
  if (there === undefined) return;
  event.preventDefault();
  links[there]?.focus();
}

function destination(key: string, here: number, last: number): number | undefined {
  if (here < 0) return undefined;
  if (key === "ArrowDown" || key === "j") return Math.min(here + 1, last);
  if (key === "ArrowUp" || key === "k") return Math.max(here - 1, 0);
  if (key === "Home") return 0;
  if (key === "End") return last;
  return undefined;
}
