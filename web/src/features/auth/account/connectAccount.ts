import { addressOf, paths } from "#kit/paths.ts";
import { codeOfStatus, Failure } from "#lib/graphql/failure.ts";
import { linkAddress } from "#lib/linkAddress.ts";
import { send, serverAddress } from "#lib/server.ts";
import { formatUrlSearch } from "#lib/urlSearch.ts";

/** Leads to where the viewer agrees to lend an account. Asked for by a script, as links could be on any page. */
export async function connectAccount(startUrl: string) {
  const returnTo = addressOf(paths.account("connections"));
  const response = await send(serverAddress(`${startUrl}${formatUrlSearch({ returnTo })}`), { method: "POST" });
  const requestId = response.headers.get("x-request-id");
  if (!response.ok) throw new Failure(codeOfStatus(response.status), `HTTP ${response.status}`, requestId);
  const { redirectTo } = (await response.json()) as { redirectTo: string };
  const address = linkAddress(redirectTo);
  if (!address) throw new Failure("OTHER", "no address to go to", requestId);
  window.location.assign(address);
}
