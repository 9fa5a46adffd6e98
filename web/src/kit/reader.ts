/** What tells one reader of a page from another. */
export interface Reader {
  ref: string;
  isGuest: boolean;
}

/** Whether a page that was opened by one is still read by them; a guest may become somebody, and nobody anyone. */
export function staysReader(before: Reader | null, now: Reader | null): boolean {
  if (before === null) return true;
  return now !== null && (before.isGuest || before.ref === now.ref);
}
