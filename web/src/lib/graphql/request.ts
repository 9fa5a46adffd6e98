import { apiAddress } from "#lib/page.ts";
import { send } from "#lib/server.ts";
import type { TypedDocument } from "./document.ts";
import { codeOfStatus, Failure } from "./failure.ts";
import { noteSessionEnd, noteSessionLoss } from "./sessionEnd.ts";

/** What came back: the data, and what is missing from it. */
export interface Answer<Result> {
  data: Result;
  failures: Failure[];
  /** From the request to the last byte of the answer. */
  milliseconds: number;
}

interface Extensions {
  code?: string;
  field?: string;
  permission?: string;
}

interface GraphqlBody {
  data?: unknown;
  errors?: { message: string; path?: (string | number)[]; extensions?: Extensions }[];
}

/** Sends one operation. Throws a `Failure` when there is no data at all. */
export async function request<Result, Variables>(
  document: TypedDocument<Result, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Answer<Result>> {
  const startedAt = performance.now();
  const response = await send(apiAddress(), {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/graphql-response+json, application/json;q=0.9",
    },
    body: JSON.stringify({ query: document, variables }),
    signal: signal ?? null,
  });
  if (response.headers.get("x-callboard-session") === "ended") noteSessionLoss();
  const requestId = response.headers.get("x-request-id");
  const body = await readBody(response, requestId);
  const failures = (body.errors ?? []).map(
    ({ message, path, extensions }) =>
      new Failure(extensions?.code ?? "OTHER", message, requestId, path, extensions?.field, extensions?.permission),
  );
  if (failures.some(({ code }) => code === "UNAUTHENTICATED")) noteSessionEnd();
  if (body.data === undefined || body.data === null) {
    throw failures[0] ?? new Failure(codeOfStatus(response.status), "the answer has no data", requestId);
  }
  return { data: body.data as Result, failures, milliseconds: performance.now() - startedAt };
}

/** The value of a nullable root field; throws the failure that made it null, if one did. */
export function rootField<Result, Key extends keyof Result & string>(answer: Answer<Result>, key: Key): Result[Key] {
  const value = answer.data[key];
  const failure = value === null ? answer.failures.find(({ path }) => path[0] === key) : undefined;
  if (failure) throw failure;
  return value;
}

async function readBody(response: Response, requestId: string | null): Promise<GraphqlBody> {
  const isJson = response.headers.get("content-type")?.includes("json") ?? false;
  try {
    if (isJson) return (await response.json()) as GraphqlBody;
  } catch {
    // Said below: an answer cut short is no better than none.
  }
  if (response.status === 401) noteSessionEnd();
  const status = response.ok
    ? "an answer that is not GraphQL"
    : `HTTP ${response.status} ${response.statusText}`.trim();
  throw new Failure(response.ok ? "OTHER" : codeOfStatus(response.status), status, requestId);
}
