/** Above this many characters colours cost more than they help. */
const longest = 200_000;

/** Rules of the grammars look ahead from every place of a line, or of a stretch of blanks, as far as that goes. */
const mostLooks = 50_000_000;

/** Whether a text is coloured in no time, whoever wrote it. */
export function isColourable(text: string): boolean {
  if (text.length > longest) return false;
  let looks = 0;
  for (const line of text.split("\n")) looks += line.length ** 2;
  for (const [blanks] of text.matchAll(/\s+/g)) looks += blanks.length ** 2;
  return looks <= mostLooks;
}
