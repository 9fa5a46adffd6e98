import { Field, Select, TextInput } from "#ui/Field.tsx";
import type { Scheme } from "../openapi/operation.ts";
import { t } from "./messages.ts";
import { credentialKey, type Values } from "./request.ts";
import styles from "./TryIt.module.css";

interface CredentialsProps {
  security: readonly Scheme[][];
  alternative: number;
  onChoose: (alternative: number) => void;
  values: Values;
  onChange: (values: Values) => void;
}

/** What the API asks for to know who asks. It is typed here, and kept nowhere. */
export function Credentials({ security, alternative, onChoose, values, onChange }: CredentialsProps) {
  if (security.every((schemes) => schemes.length === 0)) return null;
  const schemes = security[alternative] ?? [];
  return (
    <div className={styles.fields}>
      {security.length > 1 && (
        <Field label={t("alternative")}>
          {(control) => (
            <Select {...control} value={alternative} onChange={(event) => onChoose(Number(event.target.value))}>
              {security.map((all, number) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two alternatives may be the same
                <option key={number} value={number}>
                  {all.map(({ name }) => name).join(" + ") || "–"}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      {schemes.flatMap((scheme) => {
        const set = (key: string) => (value: string) => onChange({ ...values, [key]: value });
        const secret = credentialKey(scheme);
        const user = credentialKey(scheme, "user");
        return [
          ...(scheme.kind === "basic"
            ? [<Secret key={user} label={t("user")} value={values[user]} onChange={set(user)} isPlain />]
            : []),
          <Secret
            key={secret}
            label={t(`secret_${scheme.kind}`, { key: scheme.key })}
            value={values[secret]}
            onChange={set(secret)}
          />,
        ];
      })}
    </div>
  );
}

interface SecretProps {
  label: string;
  value: string | undefined;
  onChange: (value: string) => void;
  isPlain?: boolean;
}

function Secret({ label, value, onChange, isPlain = false }: SecretProps) {
  return (
    <Field label={label} hint={isPlain ? undefined : t("secretHint")}>
      {(control) => (
        <TextInput
          {...control}
          type={isPlain ? "text" : "password"}
          // A password of the portal is none of the API's.
          autoComplete={isPlain ? "off" : "new-password"}
          spellCheck={false}
          value={value ?? ""}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
