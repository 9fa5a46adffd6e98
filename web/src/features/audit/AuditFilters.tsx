import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { EntityPicker } from "#kit/entity/EntityPicker.tsx";
import { Link } from "#kit/Link.tsx";
import { paths } from "#kit/paths.ts";
import { TypedFilter } from "#kit/TypedFilter.tsx";
import { Field, Select, TextInput } from "#ui/Field.tsx";
import { Picker } from "#ui/Picker.tsx";
import styles from "./AuditPage.module.css";
import { type AuditSearch, changed, isNarrowed, outcomes, ranges } from "./auditSearch.ts";
import { t } from "./messages.ts";
import { auditActions } from "./queries.ts";

/** What narrows the log. */
export function AuditFilters({ search }: { search: AuditSearch }) {
  const navigate = useNavigate();
  const actions = useQuery(auditActions()).data?.data.auditActions ?? [];
  const change = (next: Parameters<typeof changed>[1]) =>
    void navigate({ ...paths.audit(changed(search, next)), resetScroll: false });
  return (
    <search className={styles.filters} aria-label={t("filters")}>
      <Field label={t("actor")}>
        {(control) => (
          <EntityPicker
            control={control}
            kinds={["user", "service"]}
            values={search.actor ?? []}
            onChange={(actor) => change({ actor })}
            placeholder={t("any")}
          />
        )}
      </Field>
      <Field label={t("action")}>
        {(control) => (
          <Picker
            control={control}
            values={search.action ?? []}
            onChange={(action) => change({ action })}
            options={actions.map((action) => ({ value: action, label: action }))}
            placeholder={t("any")}
          />
        )}
      </Field>
      <TypedFilter
        label={t("target")}
        placeholder={t("targetPlaceholder")}
        value={search.target}
        onChange={(target) => change({ target })}
      />
      <Field label={t("outcome")}>
        {(control) => (
          <Select
            {...control}
            value={search.outcome ?? ""}
            onChange={({ target: { value } }) => change({ outcome: outcomes.find((one) => one === value) })}
          >
            <option value="">{t("any")}</option>
            {outcomes.map((outcome) => (
              <option key={outcome} value={outcome}>
                {t(outcome)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <TimeFields search={search} onChange={change} />
      {isNarrowed(search) && (
        <Link className={styles.clear} target={paths.audit()} isInPlace>
          {t("clear")}
        </Link>
      )}
    </search>
  );
}

interface TimeFieldsProps {
  search: AuditSearch;
  onChange: (change: Parameters<typeof changed>[1]) => void;
}

function TimeFields({ search, onChange }: TimeFieldsProps) {
  const isCustom = search.since !== undefined || search.until !== undefined;
  const [isOpen, setIsOpen] = useState(isCustom);
  const value = search.range ?? (isCustom || isOpen ? "custom" : "");
  const choose = (next: string) => {
    setIsOpen(next === "custom");
    onChange({ range: next in ranges ? (next as keyof typeof ranges) : undefined, since: undefined, until: undefined });
  };
  return (
    <>
      <Field label={t("range")}>
        {(control) => (
          <Select {...control} value={value} onChange={({ target }) => choose(target.value)}>
            <option value="">{t("allTime")}</option>
            <option value="hour">{t("hour")}</option>
            <option value="day">{t("day")}</option>
            <option value="week">{t("week")}</option>
            <option value="month">{t("month")}</option>
            <option value="custom">{t("custom")}</option>
          </Select>
        )}
      </Field>
      {value === "custom" &&
        (["since", "until"] as const).map((name) => (
          <Field key={name} label={t(name)}>
            {(control) => (
              <TextInput
                {...control}
                type="datetime-local"
                value={search[name] ? localText(search[name]) : ""}
                onChange={({ target }) =>
                  onChange({ [name]: target.value === "" ? undefined : new Date(target.value).toISOString() })
                }
              />
            )}
          </Field>
        ))}
    </>
  );
}

/** A time as the control wants it: to the minute, where the reader is. */
function localText(time: string): string {
  const date = new Date(time);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
