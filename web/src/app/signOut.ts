import { Failure } from "#lib/graphql/failure.ts";
import { linkAddress } from "#lib/linkAddress.ts";
import { send, serverAddress } from "#lib/server.ts";

/** Ends the session, and leads to where the one at the provider ends, or to the sign-in. */
export async function signOut() {
  const response = await send(serverAddress("/auth/sign-out"), { method: "POST" });
  if (!response.ok) throw new Failure("UNAVAILABLE", `HTTP ${response.status}`, response.headers.get("x-request-id"));
  const { redirectTo } = (await response.json()) as { redirectTo: string };
  window.location.assign(redirectTo.startsWith("/") ? redirectTo : (linkAddress(redirectTo) ?? "/sign-in"));
}
