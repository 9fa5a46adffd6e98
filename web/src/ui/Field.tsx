import { CircleAlert } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";
import { defineMessages } from "#lib/i18n/messages.ts";
import styles from "./Field.module.css";
import { Prose } from "./Prose.tsx";

const t = defineMessages("field", { optional: "optional" });

/** What a control needs to belong to its label, its hint and its error. */
export interface ControlProps {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean | undefined;
  "aria-required": boolean | undefined;
}

interface FieldProps {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  isRequired?: boolean;
  /** Said beside the label of what may be left out. */
  isOptional?: boolean;
  children: (control: ControlProps) => ReactNode;
}

/** A labelled control of a form, with what it is for and what is wrong with it. */
export function Field({ label, hint, error, isRequired = false, isOptional = false, children }: FieldProps) {
  const id = useId();
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
        {isOptional && <span className={styles.optional}> {t("optional")}</span>}
      </label>
      {children({
        id,
        "aria-describedby": describedBy || undefined,
        "aria-invalid": error ? true : undefined,
        "aria-required": isRequired || undefined,
      })}
      {error && (
        <p className={styles.error} id={`${id}-error`}>
          <CircleAlert size={14} aria-hidden />
          <span>
            <Prose text={error} />
          </span>
        </p>
      )}
      {hint && (
        <p className={styles.hint} id={`${id}-hint`}>
          <Prose text={hint} />
        </p>
      )}
    </div>
  );
}

/** A line of text. */
export function TextInput({ className, ...rest }: ComponentProps<"input">) {
  return (
    <input
      type="text"
      autoComplete="off"
      {...rest}
      className={className ? `${styles.input} ${className}` : styles.input}
    />
  );
}

/** Several lines of text. */
export function TextArea({ isCode = false, ...rest }: ComponentProps<"textarea"> & { isCode?: boolean }) {
  return <textarea {...rest} className={isCode ? `${styles.area} ${styles.code}` : styles.area} />;
}

/** One of a few. */
export function Select({ className, ...rest }: ComponentProps<"select">) {
  return <select {...rest} className={className ? `${styles.select} ${className}` : styles.select} />;
}

/** Yes or no. */
export function Checkbox({
  label,
  hint,
  ...rest
}: Omit<ComponentProps<"input">, "type"> & { label: ReactNode; hint?: string }) {
  const id = useId();
  return (
    <div className={styles.check}>
      <input {...rest} type="checkbox" id={id} aria-describedby={hint ? `${id}-hint` : undefined} />
      <div>
        <label htmlFor={id}>{label}</label>
        {hint && (
          <p className={styles.hint} id={`${id}-hint`}>
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string; hint?: string }[];
  onChange: (value: Value) => void;
  isLabelHidden?: boolean;
}

/** One of two or three, all of them in sight. */
export function Choice<Value extends string>({ label, value, options, onChange, isLabelHidden }: ChoiceProps<Value>) {
  const name = useId();
  const hintId = `${name}-hint`;
  const hint = options.find((option) => option.value === value)?.hint;
  return (
    <fieldset className={styles.field}>
      <legend className={isLabelHidden ? "visually-hidden" : styles.label}>{label}</legend>
      <div className={styles.choice}>
        {options.map((option) => (
          <label key={option.value} className={styles.option}>
            <input
              type="radio"
              className={styles.radio}
              name={name}
              checked={option.value === value}
              aria-describedby={hint && option.value === value ? hintId : undefined}
              onChange={() => onChange(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
      {hint && (
        <p className={styles.hint} id={hintId}>
          {hint}
        </p>
      )}
    </fieldset>
  );
}
