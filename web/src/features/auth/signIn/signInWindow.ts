import { serverAddress } from "#lib/server.ts";
import { formatUrlSearch } from "#lib/urlSearch.ts";
import type { SignInError } from "./signInError.ts";

const name = "callboard:sign-in";

/** The address at which signing in begins, in this window or in one of its own. */
export function startAddress(startUrl: string, returnTo: string, flow: "redirect" | "popup"): string {
  return serverAddress(startUrl + formatUrlSearch({ returnTo, flow }));
}

/** Opens the sign-in beside this page; false where the browser does not let it. */
export function openSignIn(address: string): boolean {
  const [width, height] = [520, 680];
  const left = Math.max(0, window.screenX + (window.outerWidth - width) / 2);
  const top = Math.max(0, window.screenY + (window.outerHeight - height) / 2);
  return window.open(address, name, `popup,width=${width},height=${height},left=${left},top=${top}`) !== null;
}

/** Hears how a sign-in in another window ended, until it is told to stop. */
export function listenForSignIn(onEnd: (error: SignInError | null) => void): () => void {
  const hear = (message: unknown) => {
    const result = read(message);
    if (result !== undefined) onEnd(result);
  };
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }) => hear(data);
  const onMessage = ({ origin, data }: MessageEvent) => origin === window.location.origin && hear(data);
  window.addEventListener("message", onMessage);
  return () => {
    channel.close();
    window.removeEventListener("message", onMessage);
  };
}

function read(message: unknown): SignInError | null | undefined {
  if (typeof message !== "object" || message === null || !("type" in message) || message.type !== name)
    return undefined;
  const { ok, error, reason, provider } = message as Record<string, unknown>;
  if (ok === true) return null;
  return { code: text(error) ?? "other", reason: text(reason), provider: text(provider) };
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
