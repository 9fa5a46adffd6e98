/** What is known of the way to the server. */
export interface Signals {
  /** The device says that it has no network. */
  isOffline: boolean;
  /** The last request got no answer from the server. */
  isUnreachable: boolean;
  /** Live changes were heard, and are no longer. */
  isSilent: boolean;
}

/** The way to the server in a word, the worst first. */
export type Connection = "offline" | "unreachable" | "silent" | "well";

/** Sums up what is known. */
export function connectionOf({ isOffline, isUnreachable, isSilent }: Signals): Connection {
  if (isOffline) return "offline";
  if (isUnreachable) return "unreachable";
  return isSilent ? "silent" : "well";
}

/** Whether an HTTP status comes from something before the server, because the server is not there. */
export function isGatewayStatus(status: number): boolean {
  return status === 502 || status === 503 || status === 504;
}
