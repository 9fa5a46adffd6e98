/** The values of the named segments of a page's path at an address; null where it is another place. */
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  const segments = (text: string) => text.split("/").filter((one) => one !== "");
  const [wanted, given] = [segments(pattern), segments(path)];
  if (wanted.length !== given.length) return null;
  const values: Record<string, string> = {};
  for (const [position, segment] of wanted.entries()) {
    const value = given[position] ?? "";
    if (segment.startsWith(":")) values[segment.slice(1)] = value;
    else if (segment !== value) return null;
  }
  return values;
}

/** The page at a path: one that is named there exactly before one that takes any name. */
export function pageAt<Page extends { path: string }>(
  pages: readonly Page[],
  path: string,
): { page: Page; params: Record<string, string> } | null {
  const found = pages.flatMap((page) => {
    const params = matchPath(page.path, path);
    return params ? [{ page, params }] : [];
  });
  found.sort((one, other) => Object.keys(one.params).length - Object.keys(other.params).length);
  return found[0] ?? null;
}
