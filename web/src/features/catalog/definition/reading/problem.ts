/** Why a definition cannot be shown as what it is. */
export interface Problem {
  reason: "syntax" | "tooLarge" | "tooDeep" | "tooMuch" | "tooSlow" | "notAnObject" | "version" | "broken";
  /** The words of whoever read it. */
  detail?: string;
  /** From one. */
  line?: number;
  column?: number;
}

/** Carries a problem out of a reader. */
export class ReadingError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.reason);
    this.name = "ReadingError";
  }
}

/** The problem of anything thrown while reading. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ReadingError) return error.problem;
  // What calls itself too deeply ends in this.
  if (error instanceof RangeError) return { reason: "tooDeep" };
  return { reason: "broken", detail: error instanceof Error ? error.message : String(error) };
}
