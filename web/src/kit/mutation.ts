import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { TypedDocument } from "#lib/graphql/document.ts";
import { request } from "#lib/graphql/request.ts";

/**
 * A mutation that throws whatever the server refused. Afterwards everything on the page is fetched anew: who may do
 * what, and what is seen, may be different.
 */
export function useOperation<Result, Variables>(document: TypedDocument<Result, Variables>) {
  const queries = useQueryClient();
  return useMutation({
    networkMode: "always",
    // What came of it may be a secret: it is not kept once nobody shows it.
    gcTime: 0,
    mutationFn: async (variables: Variables): Promise<Result> => {
      const { data, failures } = await request(document, variables);
      if (failures[0]) throw failures[0];
      return data;
    },
    onSuccess: () => {
      void queries.invalidateQueries();
    },
  });
}
