/**
 * The path of this portal that somebody goes back to after signing in, whatever an address says: never another site,
 * and never the sign-in itself. Browsers take `\` for `/` and leave tabs and line breaks out.
 */
export function safeReturnTo(path: string | undefined): string {
  const isSafe =
    path !== undefined &&
    path.length <= 2000 &&
    /^\/(?!\/)[!-[\]-~]*$/.test(path) &&
    !isEndpoint(path.split(/[?#]/)[0] ?? "");
  return isSafe ? path : "/";
}

function isEndpoint(path: string): boolean {
  const segments = path.split("/");
  return segments[1] === "auth" || segments[1] === "sign-in" || segments.some((one) => one === "." || one === "..");
}

/** The place in the portal that is open now, as an address brings one back to it. */
export function currentPlace(): string {
  const { pathname, search, hash } = window.location;
  return pathname + search + hash;
}
