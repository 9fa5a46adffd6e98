import { at, entriesAt, isRecord, type Json, listAt, record, textAt } from "../json/access.ts";
import { nameOf, referenceOf, resolve } from "../json/reference.ts";

/** Something that is sent. */
export interface Message {
  name: string;
  title?: string;
  summary?: string;
  description?: string;
  contentType?: string;
  /** What its payload is described in, where that is no JSON schema. */
  schemaFormat?: string;
  payload: unknown;
  headers: unknown;
  examples: unknown[];
}

/** What goes over a channel, in one direction or in the other. */
export interface ChannelOperation {
  /** As the definition says it. */
  action: "send" | "receive" | "publish" | "subscribe";
  name?: string;
  summary?: string;
  description?: string;
  messages: string[];
  reply?: string;
  bindings?: unknown;
}

/** Where messages go. */
export interface Channel {
  id: string;
  address: string;
  title?: string;
  summary?: string;
  description?: string;
  servers: string[];
  parameters: { name: string; description?: string; schema: unknown }[];
  operations: ChannelOperation[];
  messages: Message[];
  bindings?: unknown;
}

/** The version of AsyncAPI: 2 or 3. */
export function majorOf(document: Json): number {
  return Number.parseInt(textAt(document, "asyncapi") ?? "0", 10);
}

/** A channel with what goes over it. */
export function channelOf(document: Json, id: string): Channel | undefined {
  const written = at(document, "channels", id);
  const channel = resolve(document, written).value;
  if (!isRecord(channel)) return undefined;
  const isNew = majorOf(document) >= 3;
  const found = isNew ? newOperations(document, id) : oldOperations(document, channel);
  const own = isNew ? entriesAt(channel, "messages").map(([name, one]) => messageOf(document, one, name)) : [];
  const messages = new Map<string, Message>();
  for (const message of [...own, ...found.flatMap((one) => one.used)]) {
    if (!messages.has(message.name)) messages.set(message.name, message);
  }
  return {
    id,
    address: (isNew ? textAt(channel, "address") : undefined) ?? id,
    ...words(channel),
    servers: listAt(channel, "servers").map((server) => nameOf(referenceOf(server) ?? String(server))),
    parameters: entriesAt(channel, "parameters").map(([name, one]) => {
      const parameter = record(resolve(document, one).value);
      const description = textAt(parameter, "description");
      const { description: _description, location: _location, schema, ...rest } = parameter;
      return { name, ...(description && { description }), schema: schema ?? { type: "string", ...rest } };
    }),
    operations: found.map(({ used, ...operation }) => operation),
    messages: [...messages.values()],
    ...(isRecord(channel.bindings) && { bindings: channel.bindings }),
  };
}

type Found = ChannelOperation & { used: Message[] };

function newOperations(document: Json, channel: string): Found[] {
  return entriesAt(document, "operations").flatMap(([name, written]): Found[] => {
    const operation = record(resolve(document, written).value);
    const reference = referenceOf(at(operation, "channel"));
    if (reference === undefined || nameOf(reference) !== channel) return [];
    const used = listAt(operation, "messages").map((one) => messageOf(document, one));
    const reply = referenceOf(at(operation, "reply", "channel"));
    return [
      {
        action: operation.action === "send" ? "send" : "receive",
        name,
        ...words(operation),
        messages: used.map((message) => message.name),
        used,
        ...(reply !== undefined && { reply: nameOf(reply) }),
        ...(isRecord(operation.bindings) && { bindings: operation.bindings }),
      },
    ];
  });
}

function oldOperations(document: Json, channel: Json): Found[] {
  return (["publish", "subscribe"] as const).flatMap((action): Found[] => {
    const operation = at(channel, action);
    if (!isRecord(operation)) return [];
    const message = at(operation, "message");
    const alternatives = listAt(message, "oneOf");
    const used = (alternatives.length > 0 ? alternatives : message === undefined ? [] : [message]).map(
      (one, position) => messageOf(document, one, alternatives.length > 1 ? `${action} ${position + 1}` : action),
    );
    const name = textAt(operation, "operationId");
    return [
      {
        action,
        ...(name && { name }),
        ...words(operation),
        messages: used.map((one) => one.name),
        used,
        ...(isRecord(operation.bindings) && { bindings: operation.bindings }),
      },
    ];
  });
}

/** A message, wherever it is said. */
export function messageOf(document: Json, written: unknown, fallback = ""): Message {
  const resolved = resolve(document, written);
  const message = record(resolved.value);
  const payload = at(message, "payload");
  const wrapped = isRecord(payload) && typeof payload.schemaFormat === "string" ? payload : undefined;
  const schemaFormat = textAt(wrapped, "schemaFormat") ?? textAt(message, "schemaFormat");
  const contentType = textAt(message, "contentType") ?? textAt(document, "defaultContentType");
  const isJsonSchema = !schemaFormat || /aai\.asyncapi|schema\+(json|yaml)/.test(schemaFormat);
  return {
    name: textAt(message, "name") ?? resolved.name ?? fallback,
    ...words(message),
    ...(contentType && { contentType }),
    ...(!isJsonSchema && { schemaFormat }),
    payload: wrapped ? wrapped.schema : payload,
    headers: at(message, "headers"),
    examples: listAt(message, "examples").slice(0, 20),
  };
}

function words(from: Json): { title?: string; summary?: string; description?: string } {
  const [title, summary, description] = [textAt(from, "title"), textAt(from, "summary"), textAt(from, "description")];
  return { ...(title && { title }), ...(summary && { summary }), ...(description && { description }) };
}
