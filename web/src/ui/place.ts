const gap = 6;
const margin = 8;

/** Where a floating box of this size goes: under its anchor, above it if there is no room, always inside the window. */
export function place(
  anchor: Pick<DOMRect, "left" | "right" | "top" | "bottom">,
  box: { width: number; height: number },
  view: { width: number; height: number },
  align: "start" | "end" = "start",
): { left: number; top: number } {
  const wanted = align === "start" ? anchor.left : anchor.right - box.width;
  const left = Math.max(margin, Math.min(wanted, view.width - box.width - margin));
  const below = anchor.bottom + gap;
  const fits = below + box.height + margin <= view.height;
  const above = anchor.top - gap - box.height;
  return { left, top: fits || above < margin ? below : above };
}

/** Places an element that floats over the page beside its anchor. */
export function placeElement(element: HTMLElement, anchor: HTMLElement, align?: "start" | "end") {
  const { width, height } = element.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const { left, top } = place(
    anchor.getBoundingClientRect(),
    { width, height },
    { width: clientWidth, height: clientHeight },
    align,
  );
  element.style.left = `${left}px`;
  element.style.top = `${top}px`;
}
