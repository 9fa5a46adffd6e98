import type { OutsideRequest } from "./request.ts";

/** What came of a request. */
export type Outcome =
  | {
      status: number;
      statusText: string;
      headers: [string, string][];
      text: string;
      /** There was more than is shown. */
      isCut: boolean;
      isBinary: boolean;
      milliseconds: number;
    }
  | { failure: "unreachable" | "redirect" | "refused"; detail: string };

const shown = 1_000_000;

/**
 * Sends a request to somebody else's API. It runs in a worker because the server gives the worker's script a policy of
 * its own, under which it may connect to anywhere, while the page may connect to the portal alone. It has nothing of
 * the portal's to send: no cookies, no referrer, and no redirects followed to places that nobody chose.
 */
async function send({ method, url, headers, body }: OutsideRequest): Promise<Outcome> {
  const startedAt = performance.now();
  let response: Response;
  try {
    const request = new Request(url, {
      method,
      headers,
      body: contentOf(body),
      credentials: "omit",
      referrerPolicy: "no-referrer",
      redirect: "manual",
      cache: "no-store",
    });
    response = await fetch(request).catch((error: unknown) => {
      throw { failure: "unreachable", detail: wordsOf(error) } satisfies Outcome;
    });
  } catch (error) {
    return isOutcome(error) ? error : { failure: "refused", detail: wordsOf(error) };
  }
  if (response.type === "opaqueredirect") return { failure: "redirect", detail: "" };
  const { text, isCut, isBinary } = await read(response);
  return {
    status: response.status,
    statusText: response.statusText,
    headers: [...response.headers],
    text,
    isCut,
    isBinary,
    milliseconds: performance.now() - startedAt,
  };
}

function contentOf(body: OutsideRequest["body"]): BodyInit | null {
  if (!body) return null;
  if (body.kind === "text") return body.text;
  if (body.kind === "form") return new URLSearchParams(body.fields);
  const parts = new FormData();
  for (const [name, value] of body.fields) parts.append(name, value);
  return parts;
}

async function read(response: Response): Promise<{ text: string; isCut: boolean; isBinary: boolean }> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  let isCut = false;
  const reader = response.body?.getReader();
  try {
    for (;;) {
      const part = await reader?.read();
      if (!part || part.done) break;
      chunks.push(part.value.slice(0, shown - length));
      length += part.value.length;
      if (length > shown) {
        isCut = true;
        await reader?.cancel();
        break;
      }
    }
  } catch {
    isCut = true;
  }
  const bytes = new Uint8Array(await new Blob(chunks).arrayBuffer());
  const isBinary = bytes.subarray(0, 4096).includes(0);
  return { text: isBinary ? "" : new TextDecoder().decode(bytes), isCut, isBinary };
}

function isOutcome(value: unknown): value is Outcome {
  return typeof value === "object" && value !== null && "failure" in value;
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

addEventListener("message", ({ data }: MessageEvent<OutsideRequest>) => {
  void send(data).then((outcome) => postMessage(outcome));
});
