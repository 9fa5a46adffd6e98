import styles from "./People.module.css";

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; title: string; count?: string }[];
  onChange: (value: Value) => void;
}

/** One of a few ways to look at the same. */
export function Choice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is laid out by rules of its own
    <div role="group" aria-label={label} className={styles.choice}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          className={styles.option}
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.title}
          {option.count !== undefined && <span className={styles.optionCount}>{option.count}</span>}
        </button>
      ))}
    </div>
  );
}
