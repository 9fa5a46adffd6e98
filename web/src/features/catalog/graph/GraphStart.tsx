import { useQuery } from "@tanstack/react-query";
import { Workflow } from "lucide-react";
import { KindIcon } from "#kit/entity/KindIcon.tsx";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { buttonClass } from "#ui/Button.tsx";
import { Notice } from "#ui/Notice.tsx";
import { type GraphSearch, rootedAt, seeksPath } from "./graphSearch.ts";
import { t } from "./messages.ts";
import { graphStarts } from "./queries.ts";

/** Before one has said where to begin: what this is, and some places to begin at. */
export function GraphStart({ search }: { search: GraphSearch }) {
  const { data } = useQuery({ ...graphStarts(), select: (answer) => answer.data.entities?.nodes });
  if (seeksPath(search)) return <Notice icon={Workflow} title={t("pathTitle")} text={t("pathStart")} />;
  const starts = data ?? [];
  return (
    <Notice
      icon={Workflow}
      title={t("startTitle")}
      text={t("start")}
      detail={starts.length > 0 ? t("startAt") : undefined}
      actions={starts.map(({ ref, kind, displayName }) => (
        <Link key={ref} className={buttonClass({ size: "small" })} target={paths.graph(rootedAt(search, ref))}>
          <KindIcon kind={kind} />
          {displayName}
        </Link>
      ))}
    />
  );
}
