import { useTypedText } from "#lib/typedText.ts";
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
  const [typed, setTyped] = useTypedText(value, (text) => onChange(text === "" ? undefined : text), typingPause);
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
