import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { linkAddress } from "#lib/linkAddress.ts";
import { Badge, type Tone } from "#ui/Badge.tsx";
import { Markdown } from "#ui/Markdown.tsx";
import { ItemBadge } from "../ItemBadge.tsx";
import type { Json } from "../json/access.ts";
import { Facts, Part, PartSection } from "../parts/Part.tsx";
import parts from "../parts/Parts.module.css";
import { MediaView } from "../schema/MediaView.tsx";
import schemaStyles from "../schema/Schema.module.css";
import { shapeOf } from "../schema/schema.ts";
import { TryIt } from "../tryIt/TryIt.tsx";
import { t } from "./messages.ts";
import type { Operation, Parameter, Response, Scheme } from "./operation.ts";

/** One operation: what it takes, what it answers, and a way to try it. */
export function OperationView({ document, operation }: { document: Json; operation: Operation }) {
  const { method, path, summary, description, parameters, body, responses, callbacks } = operation;
  const documentation = linkAddress(operation.documentation ?? null);
  return (
    <Part
      title={summary ?? operation.operationId ?? path}
      above={
        <div className={parts.address}>
          <ItemBadge text={method} />
          <span>{path}</span>
        </div>
      }
      description={description}
      isDeprecated={operation.isDeprecated}
    >
      <Facts
        facts={[
          [t("webhook"), operation.isWebhook && path],
          [t("operationId"), operation.operationId && <code className={parts.code}>{operation.operationId}</code>],
          [t("security"), <Security key="security" schemes={operation.security} />],
          [t("callbacks"), callbacks.length > 0 && callbacks.join(", ")],
          [
            t("documentation"),
            documentation && (
              <a className="prose-link" href={documentation} target="_blank" rel="noreferrer nofollow">
                {documentation}
              </a>
            ),
          ],
        ]}
      />
      {!operation.isWebhook && <TryIt document={document} operation={operation} />}
      {parameters.length > 0 && (
        <PartSection title={t("parameters")}>
          <ul className={parts.list}>
            {parameters.map((parameter) => (
              <ParameterRow key={`${parameter.place} ${parameter.name}`} document={document} parameter={parameter} />
            ))}
          </ul>
        </PartSection>
      )}
      {body && (
        <PartSection
          title={t("body")}
          action={body.isRequired ? <span className={parts.required}>{t("required")}</span> : undefined}
        >
          {body.description && <Markdown text={body.description} />}
          <MediaView document={document} media={body.media} direction="request" label={t("body")} />
        </PartSection>
      )}
      {responses.length > 0 && (
        <PartSection title={t("responses")}>
          <ul className={parts.list}>
            {responses.map((response, position) => (
              <ResponseRow key={response.status} document={document} response={response} isFirst={position === 0} />
            ))}
          </ul>
        </PartSection>
      )}
    </Part>
  );
}

function ParameterRow({ document, parameter }: { document: Json; parameter: Parameter }) {
  const { name, place, isRequired, isDeprecated, description, schema, example } = parameter;
  const shape = shapeOf(document, schema);
  const examples = example === undefined ? shape.examples : [String(example)];
  return (
    <li className={parts.row}>
      <div className={parts.rowHead}>
        <span className={isDeprecated ? `${parts.name} ${parts.struck}` : parts.name}>{name}</span>
        <span className={parts.type}>{[shape.type, ...shape.limits].join(" · ")}</span>
        <span className={parts.faint}>{t(`place_${place}`)}</span>
        {isRequired && <span className={parts.required}>{t("required")}</span>}
        {isDeprecated && <span className={parts.faint}>{t("deprecated")}</span>}
      </div>
      {description && (
        <div className={parts.muted}>
          <Markdown text={description} />
        </div>
      )}
      <Chips chips={shape.values.length > 0 ? shape.values : examples} />
    </li>
  );
}

function Chips({ chips }: { chips: string[] }) {
  if (chips.length === 0) return null;
  return (
    <span className={parts.chips}>
      {chips.slice(0, 40).map((chip, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a value may stand there twice
        <code key={position} className={parts.chip}>
          {chip}
        </code>
      ))}
    </span>
  );
}

function ResponseRow({ document, response, isFirst }: { document: Json; response: Response; isFirst: boolean }) {
  const { status, description, headers, media } = response;
  const [isOpen, setIsOpen] = useState(isFirst);
  const hasMore = headers.length > 0 || media.length > 0;
  const badge = <Badge tone={toneOf(status)}>{status}</Badge>;
  return (
    <li className={parts.row}>
      <div className={parts.rowHead}>
        {hasMore ? (
          <button
            type="button"
            className={schemaStyles.opener}
            aria-expanded={isOpen}
            onClick={() => setIsOpen(!isOpen)}
          >
            <ChevronRight size={14} aria-hidden />
            {badge}
          </button>
        ) : (
          <span className={schemaStyles.leaf}>{badge}</span>
        )}
        {description && <Markdown text={description} />}
      </div>
      {isOpen && hasMore && (
        <div className={schemaStyles.schema}>
          {headers.length > 0 && (
            <ul className={parts.list} aria-label={t("headers")}>
              {headers.map((header) => (
                <li key={header.name} className={parts.row}>
                  <div className={parts.rowHead}>
                    <span className={parts.name}>{header.name}</span>
                    <span className={parts.type}>{shapeOf(document, header.schema).type}</span>
                  </div>
                  {header.description && <Markdown text={header.description} />}
                </li>
              ))}
            </ul>
          )}
          <MediaView document={document} media={media} direction="response" label={status} />
        </div>
      )}
    </li>
  );
}

function toneOf(status: string): Tone {
  if (/^2/.test(status)) return "ok";
  if (/^3/.test(status)) return "info";
  if (/^4/.test(status)) return "warning";
  return /^5/.test(status) ? "danger" : "neutral";
}

function Security({ schemes }: { schemes: Scheme[][] }) {
  if (schemes.length === 0) return t("securityNone");
  return schemes
    .map((all) =>
      all.length === 0
        ? t("securityNone")
        : all
            .map(({ kind, key, scopes }) => {
              const what = t(`scheme_${kind}`, { key });
              return scopes.length > 0 ? `${what} ${t("scopes", { scopes: scopes.join(", ") })}` : what;
            })
            .join(" + "),
    )
    .join(` ${t("securityOr")} `);
}
