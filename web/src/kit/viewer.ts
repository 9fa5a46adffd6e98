import { useQuery } from "@tanstack/react-query";
import { operation } from "./query.ts";
import { ViewerDocument, type ViewerQuery } from "./viewer.generated.ts";

/** Who the server takes the reader for; null for nobody, undefined until it is known. */
export function useViewer(): ViewerQuery["viewer"] | undefined {
  return useQuery(operation(ViewerDocument, {})).data?.data.viewer;
}
