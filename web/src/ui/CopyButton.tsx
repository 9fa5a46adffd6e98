import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { defineMessages } from "#lib/i18n/messages.ts";
import { Button } from "./Button.tsx";

const t = defineMessages("copy", { copy: "Copy {what}", copied: "Copied", label: "Copy" });

/** Puts `text` on the clipboard and says so for a moment. */
export function CopyButton({ text, what, isLabelled = false }: { text: string; what: string; isLabelled?: boolean }) {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = () => navigator.clipboard.writeText(text).then(() => setIsCopied(true));
  const label = isCopied ? t("copied") : t("copy", { what });
  return (
    <Button look="quiet" size="small" isIcon={!isLabelled} aria-label={label} title={label} onClick={copy}>
      {isCopied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
      {isLabelled && (isCopied ? t("copied") : t("label"))}
      <span className="visually-hidden" role="status">
        {isCopied ? t("copied") : ""}
      </span>
    </Button>
  );
}
