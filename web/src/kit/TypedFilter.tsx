import { useEffect, useEffectEvent, useState } from "react";
import { Field, TextInput } from "#ui/Field.tsx";

const typingPause = 250;

interface TypedFilterProps {
  label: string;
  placeholder: string;
  /** The text that narrows what is shown. */
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** A text that narrows a list once one stops typing. */
export function TypedFilter({ label, placeholder, value, onChange }: TypedFilterProps) {
  const [typed, setTyped] = useState(value ?? "");
  const [shown, setShown] = useState(value);
  if (shown !== value) {
    setShown(value);
    if ((value ?? "") !== typed.trim()) setTyped(value ?? "");
  }
  const apply = useEffectEvent((text: string) => {
    if (text !== (value ?? "")) onChange(text === "" ? undefined : text);
  });
  useEffect(() => {
    const timer = setTimeout(() => apply(typed.trim()), typingPause);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <Field label={label}>
      {(control) => (
        <TextInput
          {...control}
          type="search"
          spellCheck={false}
          placeholder={placeholder}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
      )}
    </Field>
  );
}
