import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { operation } from "#kit/query.ts";
import { reason } from "#lib/graphql/failure.ts";
import { type Answer, request } from "#lib/graphql/request.ts";
import { toast } from "#ui/toasts.ts";
import { t } from "./messages.ts";
import { StarEntityDocument, StarsDocument, type StarsQuery } from "./Stars.generated.ts";

const stars = operation(StarsDocument, {});
const lists = ["CatalogList"];

/** What the viewer starred; null for those who cannot star anything, undefined until it is known. */
export function useStars(): ReadonlySet<string> | null | undefined {
  return useQuery({
    ...stars,
    select: ({ data }) => (data.viewer?.starred ? new Set(data.viewer.starred.map(({ ref }) => ref)) : null),
  }).data;
}

/** Stars an entity, or takes the star back: at once on the page, and undone where the server does not agree. */
export function useStarring() {
  const queries = useQueryClient();
  return useMutation({
    networkMode: "always",
    mutationFn: async (input: { ref: string; starred: boolean }) => {
      const { failures } = await request(StarEntityDocument, { input });
      if (failures[0]) throw failures[0];
    },
    onMutate: async ({ ref, starred }) => {
      await queries.cancelQueries({ queryKey: stars.queryKey });
      const before = queries.getQueryData(stars.queryKey);
      if (before) queries.setQueryData(stars.queryKey, withStar(before, ref, starred));
      const shown = queries.getQueryCache().findAll({ queryKey: lists, type: "active" });
      return { before, shown: new Set(shown.map(({ queryHash }) => queryHash)) };
    },
    onError: (error, _input, context) => {
      if (context?.before) queries.setQueryData(stars.queryKey, context.before);
      toast(t("failed", { reason: reason(error) }), "danger");
    },
    onSettled: (_data, _error, _input, context) => {
      void queries.invalidateQueries({ queryKey: stars.queryKey });
      void queries.invalidateQueries({ queryKey: lists, refetchType: "none" });
      // The row that the star was taken from stays, for those who pressed it by mistake.
      void queries.refetchQueries({
        queryKey: lists,
        type: "active",
        predicate: ({ queryHash }) => !context?.shown.has(queryHash),
      });
    },
  });
}

function withStar(answer: Answer<StarsQuery>, ref: string, isStarred: boolean): Answer<StarsQuery> {
  const { viewer } = answer.data;
  if (!viewer?.starred) return answer;
  const others = viewer.starred.filter((one) => one.ref !== ref);
  const starred = isStarred ? [{ ref }, ...others] : others;
  return { ...answer, data: { viewer: { ...viewer, starred } } };
}
