import { useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { useEffect, useState } from "react";

interface Wanted {
  query: string;
  variables: string;
}

/**
 * Opens a query in a tab of its own, or in the current one where that is empty. The editor of the variables comes after
 * that of the query; what is asked for before both are there waits for them.
 */
export function useOpenQuery() {
  const { addTab } = useGraphiQLActions();
  const queryEditor = useGraphiQL(({ queryEditor }) => queryEditor);
  const variableEditor = useGraphiQL(({ variableEditor }) => variableEditor);
  const [wanted, setWanted] = useState<Wanted | null>(null);
  useEffect(() => {
    if (!wanted || !queryEditor || !variableEditor) return;
    setWanted(null);
    if (queryEditor.getValue().trim()) addTab();
    queryEditor.setValue(wanted.query);
    variableEditor.setValue(wanted.variables);
    queryEditor.focus();
  }, [wanted, queryEditor, variableEditor, addTab]);
  return (query: string, variables: string) => setWanted({ query, variables });
}

/** What stands in the editors. */
export function useCurrentQuery() {
  const queryEditor = useGraphiQL(({ queryEditor }) => queryEditor);
  const variableEditor = useGraphiQL(({ variableEditor }) => variableEditor);
  return () => ({ query: queryEditor?.getValue() ?? "", variables: variableEditor?.getValue().trim() ?? "" });
}
