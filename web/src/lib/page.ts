/** What the page that was served says about the portal; read at run time so that the same files serve any of them. */
function meta(name: string): string | undefined {
  const content = document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content.trim();
  return content === "" ? undefined : content;
}

/** Where GraphQL operations are sent. */
export function apiAddress(): string {
  return meta("callboard-api") ?? "/graphql";
}

/** Where operations are subscribed to: beside where they are sent, as a WebSocket. */
export function socketAddress(): string {
  const address = new URL(apiAddress(), window.location.href);
  const socket = new URL(`${address.pathname}/ws`, address);
  socket.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  return socket.href;
}

/** What the portal is called. */
export function portalTitle(): string {
  return meta("callboard-title") ?? "Callboard";
}

/** Whose portal it is, where that is not said by its title already. */
export function organizationName(): string | undefined {
  const name = meta("callboard-organization");
  return name === portalTitle() ? undefined : name;
}

/** The modules of third parties that the config names, as it names them. */
export function moduleList(): unknown {
  return JSON.parse(meta("callboard-modules") ?? "[]");
}
