import type { Client } from "graphql-ws";
import { noteHeard } from "#lib/connection.ts";
import { socketAddress } from "#lib/page.ts";
import type { TypedDocument } from "./document.ts";
import { pauseBefore } from "./retry.ts";

/** The connection is kept this long when nobody listens any more: the next page is likely to. */
const idleTime = 5_000;

/** After a connection is back, the server needs a moment until it tells of changes again. */
const settlingTime = 300;

/** How a socket is closed that is not needed any more. */
const normalClosure = 1000;

/** What one wants to hear of a subscription. */
export interface LiveListener<Result> {
  next: (result: Result) => void;
  /** Something may have been missed: the connection was lost, or the tab was hidden. */
  gap: () => void;
}

let client: Promise<Client> | undefined;
const gaps = new Set<() => void>();
let listening = 0;

/** One connection for all subscriptions of the page, opened with the first and closed after the last. */
function connection(): Promise<Client> {
  client ??= load().catch((error: unknown) => {
    // What could not be fetched may be there for the next one that asks.
    client = undefined;
    throw error;
  });
  return client;
}

async function load(): Promise<Client> {
  const { createClient } = await import("graphql-ws");
  return createClient({
    url: socketAddress(),
    lazy: true,
    lazyCloseTimeout: idleTime,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (attempt) => new Promise((resolve) => setTimeout(resolve, pauseBefore(attempt))),
    on: {
      // One that nobody needs any more is closed as it should be.
      closed: (event) => noteHeard(listening === 0 || (event as CloseEvent).code === normalClosure),
      connected: (_socket, _payload, wasRetry) => {
        noteHeard(true);
        if (!wasRetry) return;
        setTimeout(() => {
          for (const gap of gaps) gap();
        }, settlingTime);
      },
    },
  });
}

/**
 * Listens to a subscription for as long as the tab is seen: a hidden one hears nothing and costs nothing, and is told
 * of the gap when it is seen again. Returns what ends it.
 */
export function subscribe<Result, Variables extends Record<string, unknown>>(
  operation: TypedDocument<Result, Variables>,
  variables: Variables,
  listener: LiveListener<Result>,
): () => void {
  let stop: (() => void) | undefined;
  let wasHidden = false;
  const update = () => {
    if (document.visibilityState === "hidden") {
      stop?.();
      stop = undefined;
      wasHidden = true;
    } else if (!stop) {
      stop = start(operation, variables, listener);
      if (wasHidden) listener.gap();
      wasHidden = false;
    }
  };
  update();
  gaps.add(listener.gap);
  document.addEventListener("visibilitychange", update);
  return () => {
    document.removeEventListener("visibilitychange", update);
    gaps.delete(listener.gap);
    stop?.();
  };
}

function start<Result, Variables extends Record<string, unknown>>(
  query: string,
  variables: Variables,
  listener: LiveListener<Result>,
): () => void {
  let isOver = false;
  let end: (() => void) | undefined;
  listening += 1;
  const leave = () => {
    if (isOver) return;
    isOver = true;
    listening -= 1;
    if (listening === 0) noteHeard(true);
  };
  const listen = (live: Client) => {
    if (isOver) return;
    end = live.subscribe<Result>(
      { query, variables },
      {
        next: ({ data }) => {
          if (data) listener.next(data);
        },
        // A page that hears nothing is as good as one of yesterday: what it shows is fetched anew when it is looked at.
        error: leave,
        complete: leave,
      },
    );
  };
  // Without it a page is as one that hears nothing.
  void connection().then(listen, leave);
  return () => {
    leave();
    end?.();
  };
}
