import { noteReached } from "./connection.ts";
import { isGatewayStatus } from "./connectionState.ts";
import { codeOfStatus, Failure } from "./graphql/failure.ts";
import { apiAddress } from "./page.ts";

/**
 * Asks the server with the session of the one who reads. The header cannot be set by a page of another site, which is
 * how the server knows that the request is ours.
 */
export async function send(address: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("x-callboard-csrf", "1");
  const isElsewhere = apiUrl().origin !== window.location.origin;
  try {
    const response = await fetch(address, { ...init, headers, credentials: isElsewhere ? "include" : "same-origin" });
    noteReached(!isGatewayStatus(response.status));
    return response;
  } catch (error) {
    if (init.signal?.aborted) throw error;
    noteReached(false);
    throw new Failure("UNREACHABLE", error instanceof Error ? error.message : String(error));
  }
}

/** The address of something that the server has beside the API, e.g. `/audit/events.jsonl`. */
export function serverAddress(path: string): string {
  return new URL(path, apiUrl()).href;
}

/** A file that only those may have who are signed in. */
export async function fetchFile(path: string): Promise<Blob> {
  const response = await send(serverAddress(path));
  if (response.ok) return response.blob();
  const requestId = response.headers.get("x-request-id");
  throw new Failure(codeOfStatus(response.status), `HTTP ${response.status}`, requestId);
}

function apiUrl(): URL {
  return new URL(apiAddress(), window.location.href);
}
