import { useNavigate } from "@tanstack/react-router";
import { EntityPicker } from "#kit/entity/EntityPicker.tsx";
import type { Target } from "#kit/paths.ts";
import { Field } from "#ui/Field.tsx";
import styles from "./Lists.module.css";

interface SubjectFilterProps {
  label: string;
  placeholder: string;
  kinds: readonly string[];
  subject: string | undefined;
  /** The page that is narrowed. */
  target: (search: object) => Target;
}

/** Narrows a list to one subject, in the address. */
export function SubjectFilter({ label, placeholder, kinds, subject, target }: SubjectFilterProps) {
  const navigate = useNavigate();
  return (
    <search className={styles.filter}>
      <Field label={label}>
        {(control) => (
          <EntityPicker
            control={control}
            kinds={kinds}
            isSingle
            values={subject === undefined ? [] : [subject]}
            onChange={([value]) => void navigate(target({ subject: value }))}
            placeholder={placeholder}
          />
        )}
      </Field>
    </search>
  );
}
