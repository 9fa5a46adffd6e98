import { exactTime, relativeTime } from "#lib/i18n/time.ts";

/** A time by its distance, exact for those who point at it. */
export function Time({ at }: { at: string }) {
  const time = new Date(at);
  return (
    <time dateTime={at} title={exactTime(time)}>
      {relativeTime(time, new Date())}
    </time>
  );
}
