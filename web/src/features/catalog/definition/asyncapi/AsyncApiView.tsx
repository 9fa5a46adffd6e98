import { HighlightedCode } from "#ui/HighlightedCode.tsx";
import { at, type Json } from "../json/access.ts";
import type { Outline } from "../outline.ts";
import { MissingPart, Part } from "../parts/Part.tsx";
import { SchemaView } from "../schema/SchemaView.tsx";
import { shapeOf } from "../schema/schema.ts";
import { AsyncApiOverview } from "./AsyncApiOverview.tsx";
import { ChannelView, MessageView } from "./ChannelView.tsx";
import { channelOf, messageOf } from "./model.ts";

interface AsyncApiViewProps {
  document: Json;
  outline: Outline;
  item: string | undefined;
}

/** An AsyncAPI definition: all of it at a glance, or one channel, message or schema. */
export function AsyncApiView({ document, outline, item }: AsyncApiViewProps) {
  if (item === undefined) return <AsyncApiOverview document={document} outline={outline} />;
  const [, word, name = ""] = /^(channel|message|schema) (.*)$/s.exec(item) ?? [];
  if (word === "channel") {
    const channel = channelOf(document, name);
    if (channel) return <ChannelView key={item} document={document} channel={channel} />;
  }
  if (word === "message") {
    const written = at(document, "components", "messages", name);
    if (written !== undefined) {
      const message = messageOf(document, written, name);
      return (
        <Part key={item} title={message.title ?? name} description={message.description ?? message.summary}>
          <MessageView document={document} message={message} />
        </Part>
      );
    }
  }
  const schema = word === "schema" ? at(document, "components", "schemas", name) : undefined;
  if (schema === undefined) return <MissingPart item={item} />;
  const { description, isDeprecated } = shapeOf(document, schema);
  return (
    <Part key={item} title={name} description={description} isDeprecated={isDeprecated}>
      {at(schema, "schemaFormat") === undefined ? (
        <SchemaView document={document} schema={schema} label={name} isBare />
      ) : (
        <HighlightedCode text={JSON.stringify(schema, null, 2)} language="json" label={name} />
      )}
    </Part>
  );
}
