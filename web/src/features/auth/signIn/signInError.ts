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

/** Why somebody was not signed in, as the server tells it. */
export interface SignInError {
  code: string;
  reason: string | null;
  provider: string | null;
}

/** What to tell a person about it. */
export function errorWords({ code }: SignInError): string {
  const known = codes.find((one) => one === code);
  return t(known ?? "other");
}
