import { useGraphiQL, useGraphiQLActions } from "@graphiql/react";

/** Opens a query in a tab of its own, or in the current one where that is empty. */
export function useOpenQuery() {
  const { addTab } = useGraphiQLActions();
  const queryEditor = useGraphiQL(({ queryEditor }) => queryEditor);
  const variableEditor = useGraphiQL(({ variableEditor }) => variableEditor);
  return (query: string, variables: string) => {
    if (queryEditor?.getValue().trim()) addTab();
    queryEditor?.setValue(query);
    variableEditor?.setValue(variables);
    queryEditor?.focus();
  };
}

/** What stands in the editors. */
export function useCurrentQuery() {
  const queryEditor = useGraphiQL(({ queryEditor }) => queryEditor);
  const variableEditor = useGraphiQL(({ variableEditor }) => variableEditor);
  return () => ({ query: queryEditor?.getValue() ?? "", variables: variableEditor?.getValue().trim() ?? "" });
}
