import { BookText, FileText } from "lucide-react";
import { KindIcon } from "#kit/entity/KindIcon.tsx";
import { parseEntityRef } from "#lib/entityRef.ts";

/** The type of what the catalog has. */
export const catalogType = "software-catalog";

interface ResultIconProps {
  type: string;
  reference: string | undefined;
}

/** What stands before a result: the kind of an entity, a book for docs, a sheet for all else. */
export function ResultIcon({ type, reference }: ResultIconProps) {
  if (type === catalogType) return <KindIcon kind={parseEntityRef(reference ?? "")?.kind ?? ""} />;
  const Icon = type === "techdocs" ? BookText : FileText;
  return <Icon size={16} aria-hidden />;
}
