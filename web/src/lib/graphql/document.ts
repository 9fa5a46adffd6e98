/** The text of one operation, which knows the types of its result and its variables. */
export type TypedDocument<Result, Variables> = string & {
  readonly types?: (variables: Variables) => Result;
};
