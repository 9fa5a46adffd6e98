import { Failure } from "./graphql/failure.ts";
import { apiAddress } from "./page.ts";

/**
 * Asks the server with the session of the one who reads. The header cannot be set by a page of another site, which is
 * how the server knows that the request is ours.
 */
export async function send(address: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("x-callboard-csrf", "1");
  try {
    return await fetch(address, { ...init, headers, credentials: isElsewhere() ? "include" : "same-origin" });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new Failure("UNREACHABLE", error instanceof Error ? error.message : String(error));
  }
}

function isElsewhere(): boolean {
  return new URL(apiAddress(), window.location.href).origin !== window.location.origin;
}
