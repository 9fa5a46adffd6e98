import { ToolbarButton } from "@graphiql/react";
import { Check, Link2, X } from "lucide-react";
import { useState } from "react";
import { addressOf, paths } from "#kit/paths.ts";
import { copyText } from "#lib/clipboard.ts";
import { t } from "./messages.ts";
import { useCurrentQuery } from "./useOpenQuery.ts";

/** Puts an address on the clipboard that opens what stands in the editors. */
export function CopyLink() {
  const current = useCurrentQuery();
  const [outcome, setOutcome] = useState<"copied" | "notCopied">();
  const copy = async () => {
    const { query, variables } = current();
    const target = paths.graphiql(query);
    const link = addressOf({ ...target, search: { ...target.search, variables } });
    setOutcome((await copyText(new URL(link, window.location.href).href)) ? "copied" : "notCopied");
    setTimeout(() => setOutcome(undefined), 2000);
  };
  const Icon = outcome === "copied" ? Check : outcome === "notCopied" ? X : Link2;
  return (
    <ToolbarButton label={t(outcome ?? "copyLink")} onClick={() => void copy()}>
      <Icon size={18} strokeWidth={1.75} className="graphiql-toolbar-icon" aria-hidden />
    </ToolbarButton>
  );
}
