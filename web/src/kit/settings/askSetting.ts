import type { TypedDocument } from "#lib/graphql/document.ts";
import { request } from "#lib/graphql/request.ts";
import { type AnswerFor, together } from "#lib/together.ts";

/** What the account has under a key; null for nothing. */
interface Answered {
  owner: string;
  /** Guests have no account. */
  isGuest: boolean;
  stored: unknown;
}

type Viewer = { ref: string; isGuest: boolean } & Record<`s${number}`, unknown>;

/** Asks the account for a setting; a page that needs several asks once. */
export const askSetting = together(askAll);

async function askAll(keys: readonly string[]): Promise<AnswerFor<Answered>> {
  const { data, failures } = await request(documentFor(keys), {});
  const { viewer } = data;
  return (key) => {
    if (!viewer || viewer.isGuest) return { owner: viewer?.ref ?? "", isGuest: true, stored: null };
    const name = `s${keys.indexOf(key)}` as const;
    const failure = failures.find(({ path }) => path[1] === undefined || path[1] === name);
    if (failure) throw failure;
    return { owner: viewer.ref, isGuest: false, stored: viewer[name] ?? null };
  };
}

function documentFor(keys: readonly string[]): TypedDocument<{ viewer: Viewer | null }, Record<string, never>> {
  const fields = keys.map((key, position) => `s${position}:settings(key:${JSON.stringify(key)})`);
  return `query Settings{viewer{ref isGuest ${fields.join(" ")}}}`;
}
