import { useEffect, useEffectEvent, useState } from "react";
import { FormFailure } from "#kit/FormFailure.tsx";
import { saveFile } from "#lib/saveFile.ts";
import { Button } from "#ui/Button.tsx";
import { Dialog } from "#ui/Dialog.tsx";
import { toast } from "#ui/toasts.ts";
import { collectDescriptors, collectRows, type Progress, type Wanted } from "./collectEntities.ts";
import styles from "./ExportDialog.module.css";
import type { ExportFormat } from "./formats.ts";
import { t } from "./messages.ts";

const types = { csv: "text/csv;charset=utf-8", json: "application/json", yaml: "application/yaml" };

/** The text of the file. What writes YAML is fetched when it is asked for. */
async function read(
  format: ExportFormat,
  wanted: Wanted,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<{ text: string; count: number }> {
  if (format === "yaml") {
    const descriptors = await collectDescriptors(wanted, signal, onProgress);
    const { descriptorsText } = await import("./descriptors.ts");
    return { text: descriptorsText(descriptors), count: descriptors.length };
  }
  const rows = await collectRows(wanted, signal, onProgress);
  const { rowsText } = await import("./formats.ts");
  return { text: rowsText(format, rows), count: rows.length };
}

interface ExportDialogProps extends Wanted {
  format: ExportFormat;
  onClose: () => void;
}

/** Fetches the list and saves it; closing it, or cancelling, leaves no file. */
export function ExportDialog({ format, search, refs, onClose }: ExportDialogProps) {
  const [progress, setProgress] = useState<Progress | null>(null);
  const [error, setError] = useState<unknown>(null);
  const run = useEffectEvent(async (signal: AbortSignal) => {
    try {
      const { text, count } = await read(format, { search, refs }, signal, setProgress);
      if (signal.aborted) return;
      const name = `catalog.${format}`;
      saveFile(name, new Blob([text], { type: types[format] }));
      toast(t("done", { count, name }));
      onClose();
    } catch (failure) {
      if (!signal.aborted) setError(failure);
    }
  });
  useEffect(() => {
    const controller = new AbortController();
    void run(controller.signal);
    return () => controller.abort();
  }, []);
  const words = progress ? t("progress", { done: progress.done, count: progress.count }) : "";
  return (
    <Dialog
      title={t("title")}
      onClose={onClose}
      footer={<Button onClick={onClose}>{t(error ? "close" : "cancel")}</Button>}
    >
      <FormFailure error={error} />
      <p className={styles.quiet}>{t(refs ? "selectedText" : "text")}</p>
      <progress className={styles.progress} aria-label={t("title")} max={progress?.count || 1} value={progress?.done} />
      <p className={styles.quiet} role="status">
        {words}
      </p>
    </Dialog>
  );
}
