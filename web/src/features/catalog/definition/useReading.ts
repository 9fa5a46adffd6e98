import { useEffect, useState } from "react";
import type { Format } from "./format.ts";
import type { Reading } from "./reading/read.ts";
import { readInWorker } from "./reading/readInWorker.ts";

/** The definition read last, so that coming back to it takes no time. */
let last: { format: Format; text: string; reading: Reading } | undefined;

/** Reads a definition; undefined while that goes on. */
export function useReading(format: Format, text: string): Reading | undefined {
  const known = last?.format === format && last.text === text ? last.reading : undefined;
  const [read, setRead] = useState<typeof last>();
  useEffect(() => {
    if (known || format === "text") return;
    const leaving = new AbortController();
    void readInWorker(format, text, leaving.signal).then((reading) => {
      if (leaving.signal.aborted) return;
      last = { format, text, reading };
      setRead(last);
    });
    return () => leaving.abort();
  }, [format, text, known]);
  return known ?? (read?.format === format && read.text === text ? read.reading : undefined);
}
