import { useQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { t } from "../messages.ts";
import styles from "./ProblemsPage.module.css";
import { unprocessedEntities } from "./queries.ts";

/** Says that some descriptors have problems, to those who may know of them. */
export function ProblemsLink() {
  const { data } = useQuery(unprocessedEntities({}));
  const count = data?.data.unprocessedEntities?.totalCount ?? 0;
  if (count === 0) return null;
  return (
    <Link className={styles.link} target={paths.catalogProblems()}>
      <TriangleAlert size={14} aria-hidden />
      {t("problems", { count })}
    </Link>
  );
}
