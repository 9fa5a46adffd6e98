import { useState } from "react";
import { useForgetRecents, useRecents } from "#kit/recents.ts";
import { setAppearance, useAppearance } from "#lib/appearance.ts";
import { sentence } from "#lib/graphql/failure.ts";
import { chooseLanguage, useLanguage } from "#lib/i18n/language.ts";
import { type LanguageChoice, languages } from "#lib/i18n/languages.ts";
import { Button } from "#ui/Button.tsx";
import { Card } from "#ui/Card.tsx";
import { Checkbox, Choice, Field, Select } from "#ui/Field.tsx";
import { Prose } from "#ui/Prose.tsx";
import { toast } from "#ui/toasts.ts";
import { t } from "./messages.ts";
import styles from "./Settings.module.css";

/** How the portal looks in this browser, which language it speaks, and what the keyboard does. */
export function AppearancePanel() {
  const { theme, density, rail, shortcuts } = useAppearance();
  return (
    <div className={styles.panel}>
      <Card title={t("colours")}>
        <Choice
          label={t("theme")}
          value={theme}
          options={[
            { value: "system", label: t("system"), hint: t("themeHint") },
            { value: "light", label: t("light") },
            { value: "dark", label: t("dark") },
          ]}
          onChange={(theme) => setAppearance({ theme })}
        />
      </Card>
      <Card title={t("room")}>
        <div className={styles.fields}>
          <Choice
            label={t("density")}
            value={density}
            options={[
              { value: "comfortable", label: t("comfortable") },
              { value: "compact", label: t("compact"), hint: t("densityHint") },
            ]}
            onChange={(density) => setAppearance({ density })}
          />
          <Choice
            label={t("navigation")}
            value={rail}
            options={[
              { value: "expanded", label: t("expanded") },
              { value: "collapsed", label: t("collapsed") },
            ]}
            onChange={(rail) => setAppearance({ rail })}
          />
        </div>
      </Card>
      <Card title={t("language")}>
        <LanguageField />
      </Card>
      <Card title={t("keyboard")}>
        <div className={styles.fields}>
          <Checkbox
            label={t("singleKeys")}
            hint={t("singleKeysHint")}
            checked={shortcuts === "on"}
            onChange={({ target }) => setAppearance({ shortcuts: target.checked ? "on" : "off" })}
          />
          <p className={styles.text}>
            <Prose text={t("shortcuts")} />
          </p>
        </div>
      </Card>
      <Card title={t("history")}>
        <History />
      </Card>
    </div>
  );
}

function LanguageField() {
  const { choice } = useLanguage();
  const [error, setError] = useState<string>();
  const choose = (next: LanguageChoice) => {
    setError(undefined);
    chooseLanguage(next).catch((cause: unknown) => setError(t("languageFailed", { reason: sentence(cause) })));
  };
  return (
    <Field label={t("languageLabel")} hint={t("languageHint")} error={error}>
      {(control) => (
        <Select {...control} value={choice} onChange={({ target }) => choose(target.value as LanguageChoice)}>
          <option value="system">{t("browserLanguage")}</option>
          {languages.map(({ id, name }) => (
            <option key={id} value={id} lang={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

function History() {
  const count = useRecents().length;
  const forget = useForgetRecents();
  if (count === 0) return <p className={styles.text}>{t("noHistory")}</p>;
  return (
    <div className={styles.history}>
      <p className={styles.text}>{t("historyText", { count })}</p>
      <Button onClick={() => toast(t("forgotten"), "ok", { undo: forget() })}>{t("forget")}</Button>
    </div>
  );
}
