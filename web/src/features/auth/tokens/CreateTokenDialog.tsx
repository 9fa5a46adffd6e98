import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { FormFailure } from "#kit/FormFailure.tsx";
import { useOperation } from "#kit/mutation.ts";
import { Failure, reason } from "#lib/graphql/failure.ts";
import { Button } from "#ui/Button.tsx";
import { Dialog } from "#ui/Dialog.tsx";
import { Choice, Field, Select, TextInput } from "#ui/Field.tsx";
import { Picker } from "#ui/Picker.tsx";
import { scopes } from "../queries.ts";
import { t } from "./messages.ts";
import { SecretDialog } from "./SecretDialog.tsx";
import { CreateAccessTokenDocument, type CreateAccessTokenMutation } from "./Tokens.generated.ts";

const lifetimes = [
  ["7d", "days7"],
  ["30d", "days30"],
  ["90d", "days90"],
  ["365d", "days365"],
  ["never", "never"],
] as const;

interface CreateTokenDialogProps {
  /** Whether it is for a service, which must say what it may do, rather than for the viewer. */
  isForService?: boolean;
  onClose: () => void;
}

/** Asks what a new token is for, and shows its secret once. */
export function CreateTokenDialog({ isForService = false, onClose }: CreateTokenDialogProps) {
  const [name, setName] = useState("");
  const [service, setService] = useState("");
  const [lifetime, setLifetime] = useState("90d");
  const [isLimited, setIsLimited] = useState(isForService);
  const [permissions, setPermissions] = useState<string[]>([]);
  const [hasTried, setHasTried] = useState(false);
  const [made, setMade] = useState<NonNullable<CreateAccessTokenMutation["createAccessToken"]> | null>(null);
  const { mutate, error, isPending } = useOperation(CreateAccessTokenDocument);
  if (made) return <SecretDialog made={made} onClose={onClose} />;

  const lacksScopes = isLimited && permissions.length === 0;
  const create = () => {
    setHasTried(true);
    if (lacksScopes) return;
    const subject = isForService ? { subject: serviceReference(service) } : {};
    mutate(
      { input: { name: name.trim(), expiresIn: lifetime, ...subject, ...(isLimited && { permissions }) } },
      { onSuccess: ({ createAccessToken }) => setMade(createAccessToken) },
    );
  };
  const fault = error instanceof Failure && error.field !== null ? error : null;
  const faultOf = (field: string) =>
    fault?.field?.replace(/^input\./, "").startsWith(field) ? reason(fault) : undefined;
  const isShown = ["name", "subject", "permissions", "expiresIn"].some((field) => faultOf(field));
  return (
    <Dialog
      title={t(isForService ? "createService" : "create")}
      onClose={onClose}
      onSubmit={create}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" look="primary" disabled={isPending}>
            {t("create")}
          </Button>
        </>
      }
    >
      {!isShown && <FormFailure error={error} />}
      {isForService && (
        <Field label={t("service")} hint={t("serviceHint")} error={faultOf("subject")} isRequired>
          {(control) => (
            <TextInput
              {...control}
              data-autofocus
              spellCheck={false}
              placeholder="service:default/ci"
              value={service}
              onChange={({ target }) => setService(target.value)}
            />
          )}
        </Field>
      )}
      <Field label={t("name")} hint={t("nameHint")} error={faultOf("name")} isRequired>
        {(control) => (
          <TextInput
            {...control}
            {...(!isForService && { "data-autofocus": true })}
            maxLength={100}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        )}
      </Field>
      <Field label={t("expiry")} error={faultOf("expiresIn")}>
        {(control) => (
          <Select {...control} value={lifetime} onChange={({ target }) => setLifetime(target.value)}>
            {lifetimes.map(([value, label]) => (
              <option key={value} value={value}>
                {t(label)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {!isForService && (
        <Choice
          label={t("scopeLabel")}
          value={isLimited ? "limited" : "everything"}
          options={[
            { value: "everything", label: t("everything"), hint: t("scopeHintEverything") },
            { value: "limited", label: t("limited"), hint: t("scopeHintLimited") },
          ]}
          onChange={(value) => setIsLimited(value === "limited")}
        />
      )}
      {isLimited && (
        <ScopesField
          permissions={permissions}
          error={faultOf("permissions") ?? (hasTried && lacksScopes ? t("chooseOne") : undefined)}
          onChange={setPermissions}
        />
      )}
    </Dialog>
  );
}

interface ScopesFieldProps {
  permissions: string[];
  error: string | undefined;
  onChange: (permissions: string[]) => void;
}

function ScopesField({ permissions, error, onChange }: ScopesFieldProps) {
  const known = useQuery(scopes()).data?.data.permissions ?? [];
  return (
    <Field label={t("permissions")} hint={t("permissionsHint")} error={error} isRequired>
      {(control) => (
        <Picker
          control={control}
          values={permissions}
          onChange={onChange}
          options={known.map(({ name, description }) => ({ value: name, label: name, detail: description }))}
          read={(text) => (/^[\w.*-]+$/.test(text) ? text : null)}
          placeholder={t("typePermission")}
        />
      )}
    </Field>
  );
}

/** `ci` stands for `service:default/ci`. */
function serviceReference(text: string): string {
  const written = text.trim();
  return /^[\w.-]+$/.test(written) ? `service:default/${written}` : written;
}
