import { HighlightedCode } from "#ui/HighlightedCode.tsx";
import { Markdown } from "#ui/Markdown.tsx";
import { ItemBadge } from "../ItemBadge.tsx";
import { at, type Json } from "../json/access.ts";
import { Facts, Part, PartSection } from "../parts/Part.tsx";
import parts from "../parts/Parts.module.css";
import { ItemLink } from "../place.tsx";
import { MediaView } from "../schema/MediaView.tsx";
import { SchemaView } from "../schema/SchemaView.tsx";
import { shapeOf } from "../schema/schema.ts";
import { t } from "./messages.ts";
import type { Channel, ChannelOperation, Message } from "./model.ts";

/** A channel: who sends and receives what on it. */
export function ChannelView({ document, channel }: { document: Json; channel: Channel }) {
  const { address, title, summary, description, servers, parameters, operations, messages, bindings } = channel;
  return (
    <Part
      title={title ?? summary ?? channel.id}
      above={title || summary || channel.id !== address ? <div className={parts.address}>{address}</div> : undefined}
      description={description}
    >
      <Facts facts={[[t("onServers"), servers.length > 0 && servers.join(", ")]]} />
      {operations.length > 0 && (
        <PartSection title={t("operations")}>
          <ul className={parts.list}>
            {operations.map((operation) => (
              <OperationRow key={`${operation.action} ${operation.name}`} operation={operation} />
            ))}
          </ul>
        </PartSection>
      )}
      {parameters.length > 0 && (
        <PartSection title={t("parameters")}>
          <ul className={parts.list}>
            {parameters.map(({ name, description: about, schema }) => {
              const shape = shapeOf(document, schema);
              return (
                <li key={name} className={parts.row}>
                  <div className={parts.rowHead}>
                    <span className={parts.name}>{name}</span>
                    <span className={parts.type}>{[shape.type, ...shape.values].join(" · ")}</span>
                  </div>
                  {about && <Markdown text={about} />}
                </li>
              );
            })}
          </ul>
        </PartSection>
      )}
      {messages.map((message) => (
        <PartSection key={message.name} title={message.title ?? message.name}>
          {(message.description ?? message.summary) && <Markdown text={message.description ?? message.summary ?? ""} />}
          <MessageView document={document} message={message} />
        </PartSection>
      ))}
      {bindings !== undefined && (
        <PartSection title={t("bindings")}>
          <HighlightedCode text={JSON.stringify(bindings, null, 2)} language="json" label={t("bindings")} />
        </PartSection>
      )}
    </Part>
  );
}

function OperationRow({ operation }: { operation: ChannelOperation }) {
  const { action, name, summary, description, messages, reply } = operation;
  return (
    <li className={parts.row}>
      <div className={parts.rowHead}>
        <ItemBadge text={action} />
        {name && <span className={parts.name}>{name}</span>}
        <span className={parts.muted}>{t(`action_${action}`)}</span>
      </div>
      {summary && <Markdown text={summary} />}
      {description && <Markdown text={description} />}
      {messages.length > 0 && <p className={parts.faint}>{t("withMessages", { messages: messages.join(", ") })}</p>}
      {reply && (
        <p className={parts.faint}>
          {t("repliesOn")} <ItemLink id={`channel ${reply}`}>{reply}</ItemLink>
        </p>
      )}
    </li>
  );
}

/** What a message is made of. */
export function MessageView({ document, message }: { document: Json; message: Message }) {
  const { contentType, schemaFormat, payload, headers, examples } = message;
  const shown = examples.map((example) => {
    const [name, summary] = [at(example, "name"), at(example, "summary")];
    return {
      name: typeof name === "string" ? name : "",
      ...(typeof summary === "string" && { summary }),
      value: at(example, "payload") ?? example,
    };
  });
  return (
    <>
      {schemaFormat && payload !== undefined && (
        <>
          <p className={parts.faint}>{t("otherSchema", { format: schemaFormat })}</p>
          <HighlightedCode
            text={typeof payload === "string" ? payload : JSON.stringify(payload, null, 2)}
            language="json"
            label={t("payload")}
          />
        </>
      )}
      {!schemaFormat && payload !== undefined && (
        <MediaView
          document={document}
          media={[{ type: contentType ?? t("payload"), schema: payload, examples: shown }]}
          direction="response"
          label={t("payload")}
        />
      )}
      {headers !== undefined && (
        <>
          <h4 className={parts.faint}>{t("headers")}</h4>
          <SchemaView document={document} schema={headers} label={t("headers")} />
        </>
      )}
    </>
  );
}
