import { Failure } from "#lib/graphql/failure.ts";

/** Where and when something failed. */
export interface FailurePlace {
  plugin: string | undefined;
  address: string;
  time: Date;
  browser: string;
}

const longestStack = 4000;

/** All that somebody needs who is to find out why a part of a page failed, as text. */
export function failureDetails(error: unknown, { plugin, address, time, browser }: FailurePlace): string {
  const lines = [
    ["Error", error instanceof Error ? `${error.name}: ${error.message}` : String(error)],
    ["Code", error instanceof Failure ? error.code : undefined],
    ["Request", error instanceof Failure ? error.requestId : undefined],
    ["Plugin", plugin],
    ["Address", address],
    ["Time", time.toISOString()],
    ["Browser", browser],
  ];
  const facts = lines.flatMap(([name, value]) => (value ? [`${name}: ${value}`] : []));
  const stack = error instanceof Error && !(error instanceof Failure) ? error.stack?.slice(0, longestStack) : undefined;
  return [...facts, ...(stack ? ["", stack] : [])].join("\n");
}

/** Whether a part of the front end could not be fetched, as when a newer one has taken its place on the server. */
export function isLoadFailure(error: unknown): boolean {
  return (
    error instanceof Error &&
    /dynamically imported module|importing a module script failed|unable to preload css/i.test(error.message)
  );
}
