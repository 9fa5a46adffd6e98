/** Answers for one key out of what was asked for many; throws what went wrong with that one. */
export type AnswerFor<Value> = (key: string) => Value;

/** Asks for one thing at a time in such a way that what is asked for in one turn is fetched at once, each key once. */
export function together<Value>(
  fetchAll: (keys: readonly string[]) => Promise<AnswerFor<Value>>,
): (key: string) => Promise<Value> {
  let turn: { keys: Set<string>; answer: Promise<AnswerFor<Value>> } | undefined;
  const begin = () => {
    const keys = new Set<string>();
    const answer = Promise.resolve().then(() => {
      turn = undefined;
      return fetchAll([...keys]);
    });
    return { keys, answer };
  };
  return async (key) => {
    turn ??= begin();
    turn.keys.add(key);
    return (await turn.answer)(key);
  };
}
