import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type SubmitEvent, useState } from "react";
import { EntityPicker } from "#kit/entity/EntityPicker.tsx";
import { paths } from "#kit/paths.ts";
import { useViewer } from "#kit/viewer.ts";
import { Button } from "#ui/Button.tsx";
import { Field, Select } from "#ui/Field.tsx";
import { permissionNames } from "../queries.ts";
import styles from "./Explain.module.css";
import type { ExplainSearch } from "./explainSearch.ts";
import { t } from "./messages.ts";

const aboutEntities = "catalog-entity";

/** Asks who, what, and to which entity; the question goes into the address. */
export function ExplainForm({ search }: { search: ExplainSearch }) {
  const navigate = useNavigate();
  const viewer = useViewer();
  const permissions = useQuery(permissionNames()).data?.data.permissions ?? [];
  const [asked, setAsked] = useState(search);
  const [isCleared, setIsCleared] = useState(false);
  const known = permissions.find(({ name }) => name === asked.permission);
  const isAboutEntities = known?.resourceType === aboutEntities || (!known && asked.resource !== undefined);
  // Whoever asks, unless they took themselves away.
  const subject = asked.subject ?? (isCleared ? undefined : viewer?.ref);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const { permission, resource } = asked;
    void navigate({ ...paths.explain({ subject, permission, resource: isAboutEntities ? resource : undefined }) });
  };
  const set = (name: keyof ExplainSearch, value: string | undefined) => {
    const { [name]: _, ...rest } = asked;
    setAsked(value === undefined ? rest : { ...rest, [name]: value });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Field label={t("subject")} hint={t("subjectHint")} isRequired>
        {(control) => (
          <EntityPicker
            control={control}
            kinds={["user", "service"]}
            isSingle
            values={subject === undefined ? [] : [subject]}
            onChange={([value]) => {
              setIsCleared(value === undefined);
              set("subject", value);
            }}
          />
        )}
      </Field>
      <Field label={t("permission")} hint={known?.description} isRequired>
        {(control) => (
          <Select
            {...control}
            value={asked.permission ?? ""}
            onChange={({ target }) => set("permission", target.value)}
          >
            <option value="" disabled>
              {t("choose")}
            </option>
            {!known && asked.permission && <option>{asked.permission}</option>}
            {permissions.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </Select>
        )}
      </Field>
      {isAboutEntities && (
        <Field label={t("resource")} hint={t("resourceHint")} isOptional>
          {(control) => (
            <EntityPicker
              control={control}
              isSingle
              values={asked.resource === undefined ? [] : [asked.resource]}
              onChange={([value]) => set("resource", value)}
            />
          )}
        </Field>
      )}
      <Button type="submit" look="primary" disabled={!subject || !asked.permission}>
        {t("ask")}
      </Button>
    </form>
  );
}
