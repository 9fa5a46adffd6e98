import type { ReactNode } from "react";
import { Markdown } from "#ui/Markdown.tsx";
import type { Outline } from "../outline.ts";
import { Facts, MissingPart, OutlineTiles, Part, PartSection } from "../parts/Part.tsx";
import parts from "../parts/Parts.module.css";
import { ShowMore } from "../parts/ShowMore.tsx";
import { ItemLink } from "../place.tsx";
import { t } from "./messages.ts";
import {
  findType,
  type ProtoEnum,
  type ProtoMessage,
  type ProtoMethod,
  type ProtoModel,
  type ProtoType,
} from "./model.ts";

interface ProtoViewProps {
  model: ProtoModel;
  outline: Outline;
  item: string | undefined;
}

/** A file of protocol buffers: all of it at a glance, or one method, message or enum. */
export function ProtoView({ model, outline, item }: ProtoViewProps) {
  if (item === undefined) return <ProtoOverview model={model} outline={outline} />;
  const [serviceName, methodName] = item.split("/");
  const service = model.services.find(({ name }) => name === serviceName);
  const method = service?.methods.find(({ name }) => name === methodName);
  if (service && method) return <MethodView key={item} model={model} service={service.name} method={method} />;
  const isExtension = item.startsWith("extend ");
  const name = isExtension ? item.slice("extend ".length) : item;
  const message = model.messages.find((one) => one.name === name && one.isExtension === isExtension);
  if (message) return <MessageView key={item} model={model} message={message} />;
  const found = model.enums.find((one) => one.name === item);
  return found ? <EnumView key={item} found={found} /> : <MissingPart item={item} />;
}

function ProtoOverview({ model, outline }: { model: ProtoModel; outline: Outline }) {
  const descriptions = model.services.filter(({ description }) => description);
  return (
    <Part title={model.package ?? t("overview")}>
      <Facts
        facts={[
          [t("syntax"), model.syntax],
          [t("imports"), model.imports.length > 0 && <span className={parts.code}>{model.imports.join(", ")}</span>],
          ...descriptions.map(
            ({ name, description }) => [name, <Markdown key={name} text={description ?? ""} />] as const,
          ),
        ]}
      />
      <OutlineTiles outline={outline} />
    </Part>
  );
}

function MethodView({ model, service, method }: { model: ProtoModel; service: string; method: ProtoMethod }) {
  const { name, description, input, output, options } = method;
  const ends = [input, output].flatMap(({ name: end }) => {
    const found = findType(model, end, "");
    return model.messages.find((one) => one.name === found) ?? [];
  });
  return (
    <Part
      title={name}
      above={<div className={parts.address}>{t("service", { name: service })}</div>}
      description={description}
    >
      <Facts
        facts={[
          [t("asked"), <End key="input" model={model} end={input} />],
          [t("answers"), <End key="output" model={model} end={output} />],
          [
            t("options"),
            options.length > 0 && (
              <span className={parts.chips}>
                {options.map((option) => (
                  <code key={option} className={parts.chip}>
                    {option}
                  </code>
                ))}
              </span>
            ),
          ],
        ]}
      />
      {[...new Set(ends)].map((message) => (
        <PartSection key={message.name} title={message.name}>
          {message.description && <Markdown text={message.description} />}
          <Fields model={model} message={message} />
        </PartSection>
      ))}
    </Part>
  );
}

function End({ model, end: { name, isStream } }: { model: ProtoModel; end: ProtoType }) {
  return (
    <span className={parts.code}>
      {isStream && `${t("stream")} `}
      <TypeLink model={model} name={name} within="" />
    </span>
  );
}

function MessageView({ model, message }: { model: ProtoModel; message: ProtoMessage }) {
  const { name, description, reserved, isExtension } = message;
  const users = usersOf(model, name);
  return (
    <Part
      title={name}
      above={<div className={parts.address}>{t(isExtension ? "extend" : "message")}</div>}
      description={description}
    >
      <PartSection title={t("fields")}>
        <Fields model={model} message={message} />
      </PartSection>
      <Facts
        facts={[
          [t("reserved"), reserved.length > 0 && <span className={parts.code}>{reserved.join(", ")}</span>],
          [
            t("usedIn"),
            users.length > 0 &&
              joined(
                users.map((id) => (
                  <ItemLink key={id} id={id}>
                    {id}
                  </ItemLink>
                )),
              ),
          ],
        ]}
      />
    </Part>
  );
}

function Fields({ model, message }: { model: ProtoModel; message: ProtoMessage }) {
  if (message.fields.length === 0) return <p className={parts.faint}>{t("empty")}</p>;
  return (
    <ShowMore items={message.fields} className={parts.list ?? ""}>
      {({ name, type, number, label, oneOf, description, isDeprecated }) => (
        <li key={`${name} ${number}`} className={parts.row}>
          <div className={parts.rowHead}>
            <span className={isDeprecated ? `${parts.name} ${parts.struck}` : parts.name}>{name}</span>
            <span className={parts.type}>
              {label && `${label} `}
              <FieldType model={model} type={type} within={message.name} />
              {` = ${number}`}
            </span>
            {oneOf && <span className={parts.faint}>{t("oneOf", { name: oneOf })}</span>}
            {isDeprecated && <span className={parts.faint}>{t("deprecated")}</span>}
          </div>
          {description && (
            <div className={parts.muted}>
              <Markdown text={description} />
            </div>
          )}
        </li>
      )}
    </ShowMore>
  );
}

function FieldType({ model, type, within }: { model: ProtoModel; type: string; within: string }) {
  const [, key, value] = /^map<(.+), (.+)>$/.exec(type) ?? [];
  if (value === undefined) return <TypeLink model={model} name={type} within={within} />;
  return (
    <>
      {`map<${key}, `}
      <TypeLink model={model} name={value} within={within} />
      {">"}
    </>
  );
}

function TypeLink({ model, name, within }: { model: ProtoModel; name: string; within: string }) {
  const id = findType(model, name, within);
  return id === undefined ? name : <ItemLink id={id}>{name}</ItemLink>;
}

function EnumView({ found: { name, description, values } }: { found: ProtoEnum }) {
  return (
    <Part title={name} above={<div className={parts.address}>{t("enum")}</div>} description={description}>
      <PartSection title={t("values")}>
        <ShowMore items={values} className={parts.list ?? ""}>
          {(value) => (
            <li key={value.name} className={parts.row}>
              <div className={parts.rowHead}>
                <span className={parts.name}>{value.name}</span>
                <span className={parts.type}>{`= ${value.number}`}</span>
              </div>
              {value.description && (
                <div className={parts.muted}>
                  <Markdown text={value.description} />
                </div>
              )}
            </li>
          )}
        </ShowMore>
      </PartSection>
    </Part>
  );
}

const mostUsers = 30;

/** The ids of what speaks of a message. */
function usersOf(model: ProtoModel, name: string): string[] {
  const last = name.split(".").at(-1) ?? name;
  const methods = model.services.flatMap((service) =>
    service.methods
      .filter(({ input, output }) => [input, output].some((end) => findType(model, end.name, "") === name))
      .map((method) => `${service.name}/${method.name}`),
  );
  const messages = model.messages
    // Most do not even end in its name, and need not be looked up.
    .filter((one) => one.fields.some(({ type }) => type.includes(last) && speaksOf(model, type, one.name, name)))
    .map((one) => one.name);
  return [...methods, ...messages].filter((id) => id !== name).slice(0, mostUsers);
}

function speaksOf(model: ProtoModel, type: string, within: string, name: string): boolean {
  const bare = /^map<.+, (.+)>$/.exec(type)?.[1] ?? type;
  return findType(model, bare, within) === name;
}

function joined(nodes: ReactNode[]): ReactNode {
  return nodes.map((node, position) => (position > 0 ? [", ", node] : node));
}
