import { defineMessages } from "./messages.ts";

const t = defineMessages("time", { now: "just now", soon: "in a moment" });

let relative = relativeIn("en");
let exact = exactIn("en");

function relativeIn(language: string) {
  return new Intl.RelativeTimeFormat(language, { numeric: "auto" });
}

function exactIn(locale: string) {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium" });
}

/** Tells times in a language, and writes them as those of a locale do. */
export function tellTimeIn(language: string, locale: string) {
  relative = relativeIn(language);
  exact = exactIn(locale);
}

const steps = [
  { unit: "minute", seconds: 60 },
  { unit: "hour", seconds: 3600 },
  { unit: "day", seconds: 86_400 },
  { unit: "month", seconds: 2_629_800 },
  { unit: "year", seconds: 31_557_600 },
] as const;

/** How long ago, or how soon, a time is, in words: `3 hours ago`. */
export function relativeTime(time: Date, now: Date): string {
  const seconds = Math.round((time.getTime() - now.getTime()) / 1000);
  const distance = Math.abs(seconds);
  if (distance < 60) return seconds > 0 ? t("soon") : t("now");
  const step = steps.findLast((one) => distance >= one.seconds) ?? steps[0];
  return relative.format(Math.round(seconds / step.seconds), step.unit);
}

/** A time to the second, as the reader writes it. */
export function exactTime(time: Date): string {
  return exact.format(time);
}
