import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { stringify } from "yaml";
import { FailureNotice } from "#kit/FailureNotice.tsx";
import { rootField } from "#lib/graphql/request.ts";
import { saveFile } from "#lib/saveFile.ts";
import { Button } from "#ui/Button.tsx";
import { HighlightedCode } from "#ui/HighlightedCode.tsx";
import { Waiting } from "#ui/Waiting.tsx";
import styles from "./Inspect.module.css";
import { t } from "./messages.ts";
import { wholeEntity } from "./queries.ts";
import { fileName, wholeShape } from "./wholeText.ts";

/** The whole of an entity, what others say of it included, to be read, copied and kept. */
export function TextPart({ reference, language }: { reference: string; language: "json" | "yaml" }) {
  const { data, error, refetch } = useQuery({
    ...wholeEntity(reference),
    select: (answer) => rootField(answer, "entity"),
  });
  if (error && !data) return <FailureNotice what={t("what")} error={error} onRetry={() => refetch()} />;
  if (!data) return <Waiting />;
  const { totalCount, nodes } = data.relations;
  const shape = wholeShape(data);
  const text = language === "json" ? `${JSON.stringify(shape, null, 2)}\n` : stringify(shape, { lineWidth: 0 });
  const type = language === "json" ? "application/json" : "application/yaml";
  return (
    <>
      <div className={styles.tools}>
        {totalCount > nodes.length && (
          <span className={styles.note}>{t("cut", { shown: nodes.length, count: totalCount })}</span>
        )}
        <Button size="small" onClick={() => saveFile(fileName(reference, language), new Blob([text], { type }))}>
          <Download size={14} aria-hidden />
          {t("download")}
        </Button>
      </div>
      <HighlightedCode text={text} language={language} label={t(language)} />
    </>
  );
}
