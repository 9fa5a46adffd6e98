import { useState } from "react";
import { EntityPicker } from "#kit/entity/EntityPicker.tsx";
import { type ControlProps, Field, Select, TextArea, TextInput } from "#ui/Field.tsx";
import { Picker } from "#ui/Picker.tsx";
import { t } from "./messages.ts";
import { type FormField, withParam } from "./schemaForm.ts";

interface RuleFormProps {
  fields: FormField[];
  params: Record<string, unknown>;
  /** What is wrong, by the name of the parameter. */
  errors: ReadonlyMap<string, string>;
  onChange: (params: Record<string, unknown>) => void;
}

/** The parameters of a rule, asked for as its schema says. */
export function RuleForm({ fields, params, errors, onChange }: RuleFormProps) {
  return fields.map((field) => (
    <Field
      key={field.name}
      label={field.label}
      hint={field.hint ?? undefined}
      error={errors.get(field.name)}
      isRequired={field.isRequired}
      isOptional={!field.isRequired}
    >
      {(control) => (
        <ParamControl
          control={control}
          field={field}
          value={params[field.name]}
          onChange={(value) => onChange(withParam(params, field.name, value))}
        />
      )}
    </Field>
  ));
}

interface ParamControlProps {
  control: ControlProps;
  field: FormField;
  value: unknown;
  onChange: (value: unknown) => void;
}

function ParamControl({ control, field, value, onChange }: ParamControlProps) {
  const asked = field.control;
  switch (asked.kind) {
    case "list":
      return (
        <ListControl
          control={control}
          options={asked.options}
          aliases={asked.aliases}
          value={value}
          onChange={onChange}
        />
      );
    case "choice":
      return <ChoiceControl control={control} options={asked.options} value={value} onChange={onChange} />;
    case "boolean":
      return (
        <Select
          {...control}
          value={value === undefined ? "" : String(value)}
          onChange={({ target }) => onChange(target.value === "" ? undefined : target.value === "true")}
        >
          <option value="">{t("unset")}</option>
          <option value="true">{t("yes")}</option>
          <option value="false">{t("no")}</option>
        </Select>
      );
    case "number":
      return (
        <TextInput
          {...control}
          inputMode="decimal"
          value={value === undefined ? "" : String(value)}
          onChange={({ target }) => onChange(numberOf(target.value))}
        />
      );
    case "json":
      return <JsonControl control={control} value={value} onChange={onChange} />;
    case "text":
      return (
        <TextInput
          {...control}
          spellCheck={false}
          value={typeof value === "string" ? value : ""}
          onChange={({ target }) => onChange(target.value)}
        />
      );
  }
}

function numberOf(text: string): unknown {
  const number = Number(text);
  return text.trim() === "" ? undefined : Number.isNaN(number) ? text : number;
}

interface ListControlProps {
  control: ControlProps;
  options: string[] | null;
  aliases: string[];
  value: unknown;
  onChange: (value: unknown) => void;
}

function ListControl({ control, options, aliases, value, onChange }: ListControlProps) {
  const values = Array.isArray(value) ? value.map(String) : [];
  // Where somebody may stand for whoever asks, the others are users and groups.
  if (aliases.length > 0) {
    return (
      <EntityPicker
        control={control}
        kinds={["user", "group"]}
        values={values}
        onChange={onChange}
        aliases={aliases.map((alias) => ({ value: alias, label: alias, detail: aliasWords(alias) }))}
      />
    );
  }
  return (
    <Picker
      control={control}
      values={values}
      onChange={onChange}
      options={(options ?? []).map((option) => ({ value: option, label: option }))}
      read={(text) => (options ? (options.find((option) => option === text) ?? null) : text)}
      placeholder={t("typeAndEnter")}
    />
  );
}

function aliasWords(alias: string): string {
  if (alias === "$currentUser") return t("currentUser");
  return alias === "$ownerRefs" ? t("ownerRefs") : alias;
}

interface ChoiceControlProps {
  control: ControlProps;
  options: string[];
  value: unknown;
  onChange: (value: unknown) => void;
}

function ChoiceControl({ control, options, value, onChange }: ChoiceControlProps) {
  return (
    <Select
      {...control}
      value={typeof value === "string" ? value : ""}
      onChange={({ target }) => onChange(target.value)}
    >
      <option value="">{t("unset")}</option>
      {options.map((option) => (
        <option key={option}>{option}</option>
      ))}
    </Select>
  );
}

function JsonControl({
  control,
  value,
  onChange,
}: {
  control: ControlProps;
  value: unknown;
  onChange: (value: unknown) => void;
}) {
  const [text, setText] = useState(value === undefined ? "" : JSON.stringify(value));
  const change = (next: string) => {
    setText(next);
    try {
      onChange(next.trim() === "" ? undefined : JSON.parse(next));
    } catch {
      // Kept as the text that it is, and told as what is wrong.
      onChange(next);
    }
  };
  return (
    <TextArea
      {...control}
      isCode
      rows={3}
      spellCheck={false}
      value={text}
      onChange={({ target }) => change(target.value)}
    />
  );
}
