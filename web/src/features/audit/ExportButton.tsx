import { Download } from "lucide-react";
import { useState } from "react";
import { reason } from "#lib/graphql/failure.ts";
import { saveFile } from "#lib/saveFile.ts";
import { fetchFile } from "#lib/server.ts";
import { Button } from "#ui/Button.tsx";
import { toast } from "#ui/toasts.ts";
import { type AuditSearch, filterOf } from "./auditSearch.ts";
import { t } from "./messages.ts";

/** Hands what the log shows to the browser, all pages of it, one JSON object a line. */
export function ExportButton({ search }: { search: AuditSearch }) {
  const [isBusy, setIsBusy] = useState(false);
  const save = async () => {
    setIsBusy(true);
    try {
      saveFile("audit-events.jsonl", await fetchFile(`/audit/events.jsonl?${parameters(search)}`));
    } catch (error) {
      toast(t("exportFailed", { reason: reason(error) }), "danger");
    }
    setIsBusy(false);
  };
  return (
    <Button disabled={isBusy} onClick={() => void save()}>
      <Download size={14} aria-hidden />
      {t("export")}
    </Button>
  );
}

function parameters(search: AuditSearch): string {
  const pairs = Object.entries(filterOf(search, new Date())).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => [name, String(one)]),
  );
  return new URLSearchParams(pairs).toString();
}
