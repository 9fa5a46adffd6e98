import { Check, Copy, X } from "lucide-react";
import { useEffect, useState } from "react";
import { copyText } from "#lib/clipboard.ts";
import { defineMessages } from "#lib/i18n/messages.ts";
import { Button } from "./Button.tsx";

const t = defineMessages("copy", {
  copy: "Copy {what}",
  copied: "Copied",
  failed: "This browser does not let us copy: select the text",
  label: "Copy",
});

/** Puts `text` on the clipboard and says so for a moment. */
export function CopyButton({ text, what, isLabelled = false }: { text: string; what: string; isLabelled?: boolean }) {
  const [outcome, setOutcome] = useState<"copied" | "failed" | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), outcome === "copied" ? 1500 : 6000);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = () => void copyText(text).then((isCopied) => setOutcome(isCopied ? "copied" : "failed"));
  const label = outcome ? t(outcome) : t("copy", { what });
  const Icon = outcome === "copied" ? Check : outcome === "failed" ? X : Copy;
  return (
    <Button look="quiet" size="small" isIcon={!isLabelled} aria-label={label} title={label} onClick={copy}>
      <Icon size={14} aria-hidden />
      {isLabelled && t(outcome ?? "label")}
      <span className="visually-hidden" role="status">
        {outcome ? t(outcome) : ""}
      </span>
    </Button>
  );
}
