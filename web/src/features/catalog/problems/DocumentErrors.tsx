import { defineMessages } from "#lib/i18n/messages.ts";
import { Prose } from "#ui/Prose.tsx";
import styles from "./DocumentErrors.module.css";

const t = defineMessages("documentErrors", { position: "{line}:{column}" });

interface DocumentErrorsProps {
  errors: readonly { message: string; error: unknown }[];
}

/** What is wrong with a document, each with its place as far as that is known. */
export function DocumentErrors({ errors }: DocumentErrorsProps) {
  return (
    <ul className={styles.errors}>
      {errors.map(({ message, error }) => {
        const { line, column, field } = readDetail(error);
        return (
          <li key={`${line} ${column} ${field} ${message}`} className={styles.error}>
            {line !== null && (
              <span className={styles.position}>
                {t("position", { line: String(line), column: String(column ?? 1) })}
              </span>
            )}
            <span>
              <Prose text={message} />
              {field && !message.includes(field) && <span className={styles.path}>{field}</span>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** The place of an error as far as the server knows it. */
function readDetail(error: unknown): { line: number | null; column: number | null; field: string | null } {
  const detail = typeof error === "object" && error !== null ? (error as Record<string, unknown>) : {};
  const number = (key: string) => (typeof detail[key] === "number" ? detail[key] : null);
  return {
    line: number("line"),
    column: number("column"),
    field: typeof detail.field === "string" ? detail.field : null,
  };
}
