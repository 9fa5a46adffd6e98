import { defineMessages } from "#lib/i18n/messages.ts";

/** The text of the sign-in. */
export const t = defineMessages("signIn", {
  title: "Sign in",
  heading: "Sign in to {portal}",
  with: "Continue with {provider}",
  waiting: "Finish signing in with {provider} in the other window.",
  here: "Use this window instead",
  guest: "Continue as a guest",
  guestNote: "You can look around without signing in. Signing in shows what is yours, and lets you change it.",
  already: "You are signed in as {name}.",
  goOn: "Continue",
  what: "The ways to sign in",
  noneTitle: "Nobody can sign in yet",
  none: "This portal names no place to sign in. Whoever runs it adds one to the config:",
  snippet: "A place to sign in, in callboard.yaml",
  quoted: "The answer about {provider} was: “{reason}”",
  unknown_provider: "That way to sign in is not known here. It may have been taken away.",
  invalid_state: "This sign-in was not begun in this browser, took too long, or was used already. Please begin again.",
  not_signed_in: "Sign in first; then the account can be connected.",
  provider_unavailable: "The place where you sign in cannot be reached. It may work again in a moment.",
  provider_refused: "The place where you sign in has refused, or you have called it off.",
  invalid_answer:
    "The place where you sign in gave an answer that cannot be trusted, so nobody was signed in. Tell whoever runs this portal.",
  not_allowed: "This account is not let in here. Use another account, or ask whoever runs this portal.",
  no_user:
    "You are known there, but the catalog has no user for this account. Ask whoever runs this portal to add you.",
  unverified_email:
    "The catalog has a user with this e-mail address, but the address is not verified there. Verify it, then try again.",
  ambiguous_user:
    "Several users of the catalog belong to this account, so it is not clear who you are. Tell whoever runs this portal.",
  rate_limited: "Too many attempts. Please wait a minute.",
  internal: "The portal made a mistake. It has been logged; try again.",
  other: "You were not signed in.",
});
