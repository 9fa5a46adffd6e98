import { Check, Minus, X } from "lucide-react";
import { Prose } from "#ui/Prose.tsx";
import styles from "../condition/Condition.module.css";
import { conditionWords } from "../condition/words.ts";
import { t } from "./messages.ts";

/** A condition part by part, each with whether it holds for the entity that is asked about. */
export function ConditionTree({ condition }: { condition: unknown }) {
  return (
    <div className={styles.tree}>
      <span className="visually-hidden">{t("condition")}</span>
      <Part part={condition} />
    </div>
  );
}

function Part({ part }: { part: unknown }) {
  const { holds, allOf, anyOf, not, ...rule } = record(part);
  const parts = list(allOf) ?? list(anyOf) ?? (not === undefined ? null : [not]);
  const join = allOf !== undefined ? "allOf" : anyOf !== undefined ? "anyOf" : "not";
  return (
    <div>
      <p className={styles.line}>
        <Mark holds={holds} />
        <span>
          {parts ? t(join) : <Prose text={typeof rule.error === "string" ? rule.error : conditionWords(rule)} />}
        </span>
      </p>
      {parts && (
        <ul>
          {parts.map((child, position) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an answer is never rearranged
            <li key={position}>
              <Part part={child} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Mark({ holds }: { holds: unknown }) {
  if (holds === true) return <Check className={styles.yes} size={14} role="img" aria-label={t("holds")} />;
  if (holds === false) return <X className={styles.no} size={14} role="img" aria-label={t("fails")} />;
  return <Minus size={14} aria-hidden />;
}

function list(value: unknown): unknown[] | null {
  return Array.isArray(value) ? value : null;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
