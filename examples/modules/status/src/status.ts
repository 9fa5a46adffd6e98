/** How a service of another company is, as its status page tells. */
export interface Status {
  state: "operational" | "degraded" | "outage";
  message: string;
  updatedAt: string;
}

const states: readonly string[] = ["operational", "degraded", "outage"];

/** Reads what the other service answers: it is not ours, and may change. */
export function readStatus(answer: unknown): Status {
  const { state, message, updatedAt } = (answer ?? {}) as Record<string, unknown>;
  if (typeof state !== "string" || !states.includes(state)) throw new Error("the status page answers something else");
  return { state: state as Status["state"], message: String(message ?? ""), updatedAt: String(updatedAt ?? "") };
}
