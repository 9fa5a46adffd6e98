import type { LocationState } from "#lib/graphql/schema.generated.ts";
import { defineMessages } from "#lib/i18n/messages.ts";
import { Badge, type Tone } from "#ui/Badge.tsx";

const t = defineMessages("readingState", {
  PENDING: "not read yet",
  READING: "being read",
  OK: "read",
  FAILED: "failed",
});

const tones: Record<LocationState, Tone> = { PENDING: "neutral", READING: "info", OK: "ok", FAILED: "danger" };

/** How reading something goes. */
export function ReadingState({ state }: { state: LocationState }) {
  return <Badge tone={tones[state]}>{t(state)}</Badge>;
}

const soon = 2000;

/** When to look again: soon, as long as something is being read. */
export function lookAgain(states: readonly LocationState[]): number | false {
  return states.some((state) => state === "READING" || state === "PENDING") ? soon : false;
}
