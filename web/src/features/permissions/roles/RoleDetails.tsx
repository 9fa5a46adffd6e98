import { EntityPicker } from "#kit/entity/EntityPicker.tsx";
import { Failure, reason } from "#lib/graphql/failure.ts";
import { Field, TextArea, TextInput } from "#ui/Field.tsx";
import { t } from "./messages.ts";

/** What a role is called, what it is for, and whose it is. */
export interface Details {
  name: string;
  description: string;
  owner: string | null;
}

interface RoleDetailsProps {
  details: Details;
  /** The member of the input that the server refused, and why. */
  fault: { field: string; message: string } | null;
  onChange: (details: Details) => void;
}

/** Asks for the details of a role. */
export function RoleDetails({ details, fault, onChange }: RoleDetailsProps) {
  const errorAt = (...fields: string[]) => (fault && fields.includes(fault.field) ? fault.message : undefined);
  return (
    <>
      <Field label={t("name")} hint={t("nameHint")} error={errorAt("name", "newName")} isRequired>
        {(control) => (
          <TextInput
            {...control}
            data-autofocus
            spellCheck={false}
            value={details.name}
            onChange={({ target }) => onChange({ ...details, name: target.value })}
          />
        )}
      </Field>
      <Field label={t("description")} error={errorAt("description")} isOptional>
        {(control) => (
          <TextArea
            {...control}
            rows={2}
            value={details.description}
            onChange={({ target }) => onChange({ ...details, description: target.value })}
          />
        )}
      </Field>
      <Field label={t("owner")} hint={t("ownerHint")} error={errorAt("owner")} isOptional>
        {(control) => (
          <EntityPicker
            control={control}
            kinds={["user", "group"]}
            isSingle
            values={details.owner === null ? [] : [details.owner]}
            onChange={([owner]) => onChange({ ...details, owner: owner ?? null })}
          />
        )}
      </Field>
    </>
  );
}

/** The member of `input` that was refused, and why; a name that is taken is the name's fault. */
export function faultOf(error: unknown): RoleDetailsProps["fault"] {
  if (!(error instanceof Failure)) return null;
  if (error.code === "CONFLICT") return { field: "name", message: reason(error) };
  return error.field === null ? null : { field: error.field.replace(/^input\./, ""), message: reason(error) };
}
