import { FlaskConical, Send, X } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { Button } from "#ui/Button.tsx";
import { CodeBlock } from "#ui/CodeBlock.tsx";
import { Field, Select, TextArea, TextInput } from "#ui/Field.tsx";
import { Banner } from "#ui/Notice.tsx";
import { Prose } from "#ui/Prose.tsx";
import type { Json } from "../json/access.ts";
import type { Operation } from "../openapi/operation.ts";
import parts from "../parts/Parts.module.css";
import { sampleOf } from "../schema/sample.ts";
import { shapeOf } from "../schema/schema.ts";
import { Credentials } from "./Credentials.tsx";
import { curlOf } from "./curl.ts";
import { t } from "./messages.ts";
import { OutcomeView } from "./OutcomeView.tsx";
import type { Outcome } from "./outsideWorker.ts";
import { type Gap, keyOf, type OutsideRequest, requestOf, unsendable, type Values } from "./request.ts";
import { ServerFields, useServer } from "./ServerFields.tsx";
import { sendOutside } from "./sendOutside.ts";
import styles from "./TryIt.module.css";

/** A way to send an operation to a server, once somebody asks for it. */
export function TryIt({ document, operation }: { document: Json; operation: Operation }) {
  const [isOpen, setIsOpen] = useState(false);
  if (!isOpen) {
    return (
      <div>
        <Button onClick={() => setIsOpen(true)}>
          <FlaskConical size={14} aria-hidden />
          {t("open")}
        </Button>
      </div>
    );
  }
  return <Form document={document} operation={operation} onClose={() => setIsOpen(false)} />;
}

function Form({ document, operation, onClose }: { document: Json; operation: Operation; onClose: () => void }) {
  const server = useServer(document, operation);
  const [values, setValues] = useState<Values>(() => exampleValues(operation));
  const [credentials, setCredentials] = useState<Values>({});
  const [alternative, setAlternative] = useState(0);
  const media = operation.body?.media ?? [];
  const [mediaNumber, setMediaNumber] = useState(0);
  const chosen = media[mediaNumber];
  const samples = useMemo(() => media.map((one) => sampleText(document, one)), [document, media]);
  const [texts, setTexts] = useState<Readonly<Record<number, string>>>({});
  const [outcome, setOutcome] = useState<Outcome>();
  const [isSending, setIsSending] = useState(false);
  const sending = useRef<AbortController>(undefined);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>("input, select, textarea, button[type=submit]")?.focus();
    return () => sending.current?.abort();
  }, []);
  const text = texts[mediaNumber] ?? samples[mediaNumber] ?? "";
  const security = operation.security[alternative] ?? [];
  const request = requestOf(operation, {
    server: server.address,
    values,
    credentials,
    security,
    ...(chosen && { body: { type: chosen.type, text } }),
  });
  const send = async (wanted: OutsideRequest) => {
    sending.current?.abort();
    const controller = new AbortController();
    sending.current = controller;
    setIsSending(true);
    const answer = await sendOutside(wanted, controller.signal);
    if (sending.current !== controller) return;
    setIsSending(false);
    if (answer) setOutcome(answer);
  };
  const isMixed = "url" in request && window.location.protocol === "https:" && isPlain(request.url);
  const left = "url" in request ? unsendable(request) : [];
  return (
    <section className={styles.panel} aria-label={t("title")}>
      <header className={styles.head}>
        <h3>{t("title")}</h3>
        <Button look="quiet" size="small" isIcon aria-label={t("close")} onClick={onClose}>
          <X size={14} aria-hidden />
        </Button>
      </header>
      <form
        ref={form}
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if ("url" in request && !isMixed) void send(request);
        }}
      >
        <ServerFields server={server} />
        {operation.parameters.length > 0 && (
          <div className={styles.fields}>
            {operation.parameters.map((parameter) => {
              const key = keyOf(parameter);
              const { values: options, type } = shapeOf(document, parameter.schema);
              const set = (value: string) => setValues({ ...values, [key]: value });
              return (
                <Field
                  key={key}
                  label={parameter.name}
                  isRequired={parameter.isRequired}
                  isOptional={!parameter.isRequired}
                >
                  {(control) =>
                    options.length > 0 && !type.endsWith("[]") ? (
                      <Select {...control} value={values[key] ?? ""} onChange={(event) => set(event.target.value)}>
                        <option value="" />
                        {options.map((option) => (
                          <option key={option}>{option}</option>
                        ))}
                      </Select>
                    ) : (
                      <TextInput
                        {...control}
                        value={values[key] ?? ""}
                        placeholder={type}
                        spellCheck={false}
                        onChange={(event) => set(event.target.value)}
                      />
                    )
                  }
                </Field>
              );
            })}
          </div>
        )}
        <Credentials
          security={operation.security}
          alternative={alternative}
          onChoose={setAlternative}
          values={credentials}
          onChange={setCredentials}
        />
        {media.length > 1 && (
          <Field label={t("mediaType")}>
            {(control) => (
              <Select {...control} value={mediaNumber} onChange={(event) => setMediaNumber(Number(event.target.value))}>
                {media.map(({ type }, number) => (
                  <option key={type} value={number}>
                    {type}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        {chosen && (
          <Field label={t("body")} hint={isFields(chosen.type) ? t("fieldsHint") : undefined}>
            {(control) => (
              <TextArea
                {...control}
                isCode
                spellCheck={false}
                value={text}
                onChange={(event) => setTexts({ ...texts, [mediaNumber]: event.target.value })}
              />
            )}
          </Field>
        )}
        {isMixed && (
          <Banner tone="warning">
            <Prose text={t("mixed")} />
          </Banner>
        )}
        {left.length > 0 && (
          <Banner tone="warning">{t("unsendable", { count: left.length, names: left.join(", ") })}</Banner>
        )}
        <div className={styles.actions}>
          <Button look="primary" type="submit" disabled={!("url" in request) || isMixed || isSending}>
            <Send size={14} aria-hidden />
            {t(isSending ? "sending" : "send")}
          </Button>
          {isSending && <Button onClick={() => sending.current?.abort()}>{t("cancel")}</Button>}
          {"problem" in request && (
            <span className={parts.faint}>
              <Prose text={gapText(request)} />
            </span>
          )}
        </div>
      </form>
      {"url" in request && (
        <div className={styles.block}>
          <h4>{t("curl")}</h4>
          <CodeBlock text={curlOf(request)} label={t("curl")} />
        </div>
      )}
      <div role="status" className={styles.block}>
        {outcome && <OutcomeView outcome={outcome} />}
      </div>
    </section>
  );
}

function gapText(gap: Gap): string {
  return gap.problem === "missing" ? t("gap_missing", { name: gap.name }) : t(`gap_${gap.problem}`);
}

function exampleValues({ parameters }: Operation): Values {
  const known = parameters.flatMap((parameter) => {
    const { example } = parameter;
    const isWritten = typeof example === "string" || typeof example === "number" || typeof example === "boolean";
    return parameter.isRequired && isWritten ? [[keyOf(parameter), String(example)] as const] : [];
  });
  return Object.fromEntries(known);
}

function sampleText(
  document: Json,
  { type, schema, examples }: NonNullable<Operation["body"]>["media"][number],
): string {
  const value = examples[0] ? examples[0].value : sampleOf(document, schema, "request");
  if (typeof value === "string" && !/json/.test(type)) return value;
  return JSON.stringify(value, null, 2) ?? "";
}

function isFields(type: string): boolean {
  return /^(multipart\/|application\/x-www-form-urlencoded)/i.test(type);
}

/** Browsers make an exception for this machine itself. */
function isPlain(url: string): boolean {
  return /^http:/i.test(url) && !/^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/i.test(url);
}
