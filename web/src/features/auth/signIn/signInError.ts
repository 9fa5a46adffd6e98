import { t } from "./messages.ts";

const codes = [
  "unknown_provider",
  "invalid_state",
  "not_signed_in",
  "provider_unavailable",
  "provider_refused",
  "invalid_answer",
  "not_allowed",
  "no_user",
  "unverified_email",
  "ambiguous_user",
  "rate_limited",
  "internal",
] as const;

interface Provider {
  id: string;
  title: string;
}

/** Why somebody was not signed in, as the server tells it. */
export interface SignInError {
  code: string;
  reason: string | null;
  provider: string | null;
}

/** What to tell a person about it. */
export function errorWords({ code }: SignInError): string {
  return t(codes.find((one) => one === code) ?? "other");
}

/**
 * What the place where somebody signs in, or the server, says about it. Anybody can write a link with words of their
 * own, so they are told as somebody else's, and only beside a code and a place that this portal knows.
 */
export function quotedReason({ code, reason, provider }: SignInError, providers: readonly Provider[]): string | null {
  const known = providers.find(({ id }) => id === provider);
  if (reason === null || !known || codes.every((one) => one !== code)) return null;
  return t("quoted", { provider: known.title, reason });
}
