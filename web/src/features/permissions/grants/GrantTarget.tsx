import type { PermissionAction } from "#lib/graphql/schema.generated.ts";
import { Choice, Field, Select, TextInput } from "#ui/Field.tsx";
import styles from "./Grants.module.css";
import { t } from "./messages.ts";
import { reachOf } from "./reach.ts";
import type { VocabularyQuery } from "./Vocabulary.generated.ts";

/** The ways to say what a grant is about. */
export type TargetKind = "name" | "pattern" | "resource";

/** What a grant is about. */
export interface Target {
  permission: string;
  action: PermissionAction | null;
}

type Permissions = NonNullable<VocabularyQuery["permissions"]>;

/** The way in which a grant says what it is about. */
export function kindOfTarget({ permission, action }: Target, permissions: Permissions): TargetKind {
  if (action !== null) return "resource";
  return permission === "" || permissions.some(({ name }) => name === permission) ? "name" : "pattern";
}

interface GrantTargetProps {
  kind: TargetKind;
  target: Target;
  permissions: Permissions;
  error: string | undefined;
  onChange: (kind: TargetKind, target: Target) => void;
}

/** Asks what a grant is about, and shows which permissions that reaches. */
export function GrantTarget({ kind, target, permissions, error, onChange }: GrantTargetProps) {
  const types = [...new Set(permissions.flatMap(({ resourceType }) => resourceType ?? []))].sort();
  const change = (next: TargetKind) => {
    if (next === "resource") onChange(next, { permission: types[0] ?? "", action: "READ" });
    else onChange(next, { permission: target.action === null ? target.permission : "", action: null });
  };
  return (
    <>
      <Choice
        label={t("about")}
        value={kind}
        options={[
          { value: "name", label: t("byName") },
          { value: "pattern", label: t("byPattern") },
          { value: "resource", label: t("byResource") },
        ]}
        onChange={change}
      />
      {kind === "name" && (
        <NameField
          permissions={permissions}
          value={target.permission}
          error={error}
          onChange={(permission) => onChange(kind, { permission, action: null })}
        />
      )}
      {kind === "pattern" && (
        <Field label={t("pattern")} hint={t("patternHint")} error={error} isRequired>
          {(control) => (
            <TextInput
              {...control}
              spellCheck={false}
              value={target.permission}
              onChange={({ target: { value } }) => onChange(kind, { permission: value, action: null })}
            />
          )}
        </Field>
      )}
      {kind === "resource" && (
        <ResourceFields
          target={target}
          permissions={permissions}
          types={types}
          error={error}
          onChange={(next) => onChange(kind, next)}
        />
      )}
      {kind !== "name" && target.permission !== "" && (
        <Reach names={reachOf(target, permissions).map(({ name }) => name)} />
      )}
    </>
  );
}

interface NameFieldProps {
  permissions: Permissions;
  value: string;
  error: string | undefined;
  onChange: (permission: string) => void;
}

function NameField({ permissions, value, error, onChange }: NameFieldProps) {
  const plugins = [...new Set(permissions.map(({ name }) => name.split(".")[0] ?? name))];
  const known = permissions.find(({ name }) => name === value);
  return (
    <Field label={t("permission")} hint={known?.description} error={error} isRequired>
      {(control) => (
        <Select {...control} value={known ? value : ""} onChange={({ target }) => onChange(target.value)}>
          <option value="" disabled>
            {t("choose")}
          </option>
          {plugins.map((plugin) => (
            <optgroup key={plugin} label={plugin}>
              {permissions
                .filter(({ name }) => name.startsWith(`${plugin}.`))
                .map(({ name }) => (
                  <option key={name}>{name}</option>
                ))}
            </optgroup>
          ))}
        </Select>
      )}
    </Field>
  );
}

interface ResourceFieldsProps {
  target: Target;
  permissions: Permissions;
  types: string[];
  error: string | undefined;
  onChange: (target: Target) => void;
}

function ResourceFields({ target, permissions, types, error, onChange }: ResourceFieldsProps) {
  const actionsOf = (type: string) => [
    ...new Set(permissions.filter(({ resourceType }) => resourceType === type).map(({ action }) => action)),
  ];
  const actions = actionsOf(target.permission);
  const choices = target.action && !actions.includes(target.action) ? [...actions, target.action] : actions;
  return (
    <div className={styles.pair}>
      <Field label={t("resourceType")} error={error} isRequired>
        {(control) => (
          <Select
            {...control}
            value={target.permission}
            onChange={({ target: { value } }) => onChange({ permission: value, action: actionsOf(value)[0] ?? "READ" })}
          >
            {types.map((type) => (
              <option key={type}>{type}</option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t("action")} isRequired>
        {(control) => (
          <Select
            {...control}
            value={target.action ?? ""}
            onChange={({ target: { value } }) => onChange({ ...target, action: value as PermissionAction })}
          >
            {choices.map((action) => (
              <option key={action} value={action}>
                {action.toLowerCase()}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  );
}

/** The permissions that a grant reaches today. */
function Reach({ names }: { names: string[] }) {
  return (
    <div className={styles.reach}>
      <span>{t("reach")}</span>
      {names.length === 0 ? <em>{t("reachNone")}</em> : names.map((name) => <code key={name}>{name}</code>)}
    </div>
  );
}
