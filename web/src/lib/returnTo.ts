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

/** Browsers take `%2e` for a dot where dots mean a step. */
function isEndpoint(path: string): boolean {
  const segments = path.replaceAll(/%2e/gi, ".").split("/");
  return segments[1] === "auth" || segments[1] === "sign-in" || segments.some((one) => one === "." || one === "..");
}
