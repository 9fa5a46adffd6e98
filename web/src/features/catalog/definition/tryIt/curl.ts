import type { OutsideRequest } from "./request.ts";

/** The same request as a command for a shell. */
export function curlOf({ method, url, headers, body }: OutsideRequest): string {
  const parts = [`curl ${method === "GET" ? "" : `-X ${quoted(method)} `}${quoted(url)}`];
  for (const [name, value] of headers) parts.push(`-H ${quoted(`${name}: ${value}`)}`);
  if (body?.kind === "text") parts.push(`--data-raw ${quoted(body.text)}`);
  if (body?.kind === "form")
    for (const [name, value] of body.fields) parts.push(`--data-urlencode ${quoted(`${name}=${value}`)}`);
  if (body?.kind === "parts")
    for (const [name, value] of body.fields) parts.push(`--form-string ${quoted(`${name}=${value}`)}`);
  return parts.join(" \\\n  ");
}

/** One word for a shell, whatever is in it. */
export function quoted(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text) && !text.startsWith("-")) return text;
  return `'${text.replaceAll("'", "'\\''")}'`;
}
