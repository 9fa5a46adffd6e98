import { type SubmitEvent, useState } from "react";
import { FormFailure } from "#kit/FormFailure.tsx";
import { Link } from "#kit/Link.tsx";
import { useOperation } from "#kit/mutation.ts";
import { paths } from "#kit/paths.ts";
import { Badge } from "#ui/Badge.tsx";
import { Button } from "#ui/Button.tsx";
import { Field, TextArea } from "#ui/Field.tsx";
import { Prose } from "#ui/Prose.tsx";
import { Cell, Table } from "#ui/Table.tsx";
import { toast } from "#ui/toasts.ts";
import { t } from "./messages.ts";
import { ImportRolesDocument, type ImportRolesMutation } from "./RoleFiles.generated.ts";
import styles from "./RoleFiles.module.css";

type Outcome = NonNullable<ImportRolesMutation["importRoles"]>;

/** The text of the files. */
interface Texts {
  csv: string;
  conditions: string;
}

/** Takes the text of two files; what would come of them is shown before anything is stored. */
export function ImportForm() {
  const [texts, setTexts] = useState<Texts>({ csv: "", conditions: "" });
  const [checked, setChecked] = useState<{ texts: Texts; result: Outcome; isDone: boolean } | null>(null);
  const { mutate, error, isPending } = useOperation(ImportRolesDocument);
  const run = (what: Texts, dryRun: boolean) =>
    mutate(
      {
        input: {
          dryRun,
          ...(what.csv.trim() && { csv: what.csv }),
          ...(what.conditions.trim() && { conditions: what.conditions }),
        },
      },
      {
        onSuccess: ({ importRoles }) => {
          if (importRoles) setChecked({ texts: what, result: importRoles, isDone: !dryRun });
          if (!dryRun) toast(t("done"));
        },
      },
    );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    run(texts, true);
  };
  // An answer about what has been edited since is about nothing that is here.
  const outcome = checked?.texts === texts ? checked : null;
  const isEmpty = texts.csv.trim() === "" && texts.conditions.trim() === "";
  const changed = outcome ? outcome.result.created.length + outcome.result.updated.length : 0;
  return (
    <form className={styles.form} onSubmit={submit}>
      <p className={styles.quiet}>{t("importText")}</p>
      <FileField
        label={t("csv")}
        hint={t("csvHint")}
        accept=".csv,text/csv"
        text={texts.csv}
        onChange={(csv) => setTexts((now) => ({ ...now, csv }))}
      />
      <FileField
        label={t("conditions")}
        accept=".yaml,.yml"
        text={texts.conditions}
        onChange={(conditions) => setTexts((now) => ({ ...now, conditions }))}
      />
      <FormFailure error={error} />
      <p className="visually-hidden" role="status">
        {outcome && outcomeWords(outcome.result)}
      </p>
      {outcome && <OutcomeView {...outcome} />}
      <div className={styles.actions}>
        <Button type="submit" disabled={isEmpty || isPending}>
          {t("check")}
        </Button>
        <Button
          look="primary"
          disabled={!outcome || outcome.isDone || changed === 0 || isPending}
          onClick={() => outcome && run(outcome.texts, false)}
        >
          {t("apply")}
        </Button>
      </div>
    </form>
  );
}

function outcomeWords({ created, updated, problems }: Outcome): string {
  return t("outcome", { created: created.length, updated: updated.length, problems: problems.length });
}

interface FileFieldProps {
  label: string;
  hint?: string;
  accept: string;
  text: string;
  onChange: (text: string) => void;
}

function FileField({ label, hint, accept, text, onChange }: FileFieldProps) {
  return (
    <div className={styles.file}>
      <Field label={label} hint={hint}>
        {(control) => (
          <TextArea
            {...control}
            isCode
            rows={6}
            spellCheck={false}
            value={text}
            onChange={({ target }) => onChange(target.value)}
          />
        )}
      </Field>
      <input
        type="file"
        aria-label={`${label}: ${t("choose")}`}
        accept={accept}
        onChange={({ target }) => {
          void target.files?.[0]?.text().then(onChange);
        }}
      />
    </div>
  );
}

function OutcomeView({ result, isDone }: { result: Outcome; isDone: boolean }) {
  const { created, updated, roles, problems } = result;
  const isQuiet = created.length + updated.length === 0;
  return (
    <section className={styles.outcome} aria-label={t(isDone ? "isDone" : "wouldBe")}>
      <h3>{t(isDone ? "isDone" : "wouldBe")}</h3>
      {isQuiet && <p className={styles.quiet}>{t("unchanged")}</p>}
      <ul className={styles.roles}>
        {roles
          .filter(({ name }) => created.includes(name) || updated.includes(name))
          .map(({ name, members, grants }) => (
            <li key={name}>
              <Badge tone={created.includes(name) ? "ok" : "info"}>
                {t(created.includes(name) ? "created" : "updated")}
              </Badge>
              {isDone ? (
                <Link className="prose-link" target={paths.role(name)}>
                  {name}
                </Link>
              ) : (
                <span>{name}</span>
              )}
              <span
                className={styles.quiet}
              >{`${t("members", { count: members.length })}, ${t("grants", { count: grants.length })}`}</span>
            </li>
          ))}
      </ul>
      {problems.length > 0 && <Problems problems={problems} />}
    </section>
  );
}

function Problems({ problems }: { problems: Outcome["problems"] }) {
  return (
    <>
      <h3>{t("problems", { count: problems.length })}</h3>
      <p className={styles.quiet}>{t("problemsText")}</p>
      <Table
        label={t("problems", { count: problems.length })}
        columns={[{ title: t("where") }, { title: t("problem") }]}
      >
        {problems.map(({ source, line, message }) => (
          <tr key={`${source} ${line} ${message}`}>
            <Cell isQuiet>
              {t(source === "CSV" ? "fileCsv" : "fileConditions")}
              <br />
              {t("line", { line: String(line) })}
            </Cell>
            <Cell>
              <Prose text={message} />
            </Cell>
          </tr>
        ))}
      </Table>
    </>
  );
}
