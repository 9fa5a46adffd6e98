import { defineMessages } from "#lib/i18n/messages.ts";

const t = defineMessages("failure", {
  UNREACHABLE: "The portal cannot be reached. Check the connection and try again.",
  UNAVAILABLE: "A part of the portal did not answer. The rest still works; try again in a moment.",
  INTERNAL: "The portal made a mistake. It has been logged; try again, or report the request below.",
  UNAUTHENTICATED: "Your session has ended, or your credentials are not valid. Sign in again.",
  FORBIDDEN: "You may see this, but not change it.",
  NOT_FOUND: "This does not exist, or you may not see it.",
  BAD_USER_INPUT: "The portal does not understand part of this request.",
  CONFLICT: "Someone else has changed this meanwhile. Reload and try again.",
  TOO_COMPLEX: "This asks for more than the portal allows at once. Narrow it down.",
  RATE_LIMITED: "Too many requests. Wait a moment and try again.",
  OTHER: "The portal could not answer.",
});

const sentences = new Set([
  "UNREACHABLE",
  "UNAVAILABLE",
  "INTERNAL",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "NOT_FOUND",
  "BAD_USER_INPUT",
  "CONFLICT",
  "TOO_COMPLEX",
  "RATE_LIMITED",
] as const);

type KnownCode = typeof sentences extends Set<infer Code> ? Code : never;

/** Something the server, or the way to it, refused. */
export class Failure extends Error {
  constructor(
    /** `extensions.code`, or UNREACHABLE when there was no answer at all. */
    readonly code: string,
    /** The server's own words. */
    message: string,
    /** What to quote in a report. */
    readonly requestId: string | null = null,
    /** Where in the answer. */
    readonly path: readonly (string | number)[] = [],
    /** `extensions.field`: the input that is wrong, dotted, e.g. `input.name`. */
    readonly field: string | null = null,
    /** `extensions.permission`: the one that whoever was refused lacks. */
    readonly permission: string | null = null,
  ) {
    super(message);
    this.name = "Failure";
  }

  /** Whether the same request may well succeed a moment later. */
  get isPassing(): boolean {
    return this.code === "UNREACHABLE" || this.code === "UNAVAILABLE";
  }
}

/** What to tell a person about any thrown value. */
export function sentence(error: unknown): string {
  const code = error instanceof Failure ? error.code : "OTHER";
  return t(sentences.has(code as KnownCode) ? (code as KnownCode) : "OTHER");
}

const ownWords = new Set(["BAD_USER_INPUT", "CONFLICT", "FORBIDDEN", "NOT_FOUND"]);

/** What to tell a person whose own act was refused: the server's words where they say more than the code. */
export function reason(error: unknown): string {
  if (!(error instanceof Failure) || !ownWords.has(error.code)) return sentence(error);
  const text = error.message.trim();
  const end = /[.!?]$/.test(text) ? "" : ".";
  return text.charAt(0).toUpperCase() + text.slice(1) + end;
}

/** The code that stands for an HTTP status without a GraphQL answer. */
export function codeOfStatus(status: number): string {
  if (status === 401) return "UNAUTHENTICATED";
  if (status === 403) return "FORBIDDEN";
  if (status === 429) return "RATE_LIMITED";
  if (status >= 500) return "UNAVAILABLE";
  return "OTHER";
}
