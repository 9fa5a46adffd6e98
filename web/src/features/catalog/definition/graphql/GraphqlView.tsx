import { use } from "react";
import { Markdown } from "#ui/Markdown.tsx";
import { Prose } from "#ui/Prose.tsx";
import { at } from "../json/access.ts";
import type { Outline } from "../outline.ts";
import { Facts, MissingPart, OutlineTiles, Part, PartSection } from "../parts/Part.tsx";
import parts from "../parts/Parts.module.css";
import { ShowMore } from "../parts/ShowMore.tsx";
import { DefinitionContext, ItemLink } from "../place.tsx";
import { t } from "./messages.ts";
import { namedType, type SdlField, type SdlModel, type SdlType, typeNamed } from "./model.ts";

interface GraphqlViewProps {
  model: SdlModel;
  outline: Outline;
  item: string | undefined;
}

/** A GraphQL schema: all of it at a glance, one type of it, or one operation. */
export function GraphqlView({ model, outline, item }: GraphqlViewProps) {
  if (item === undefined) {
    return (
      <Part title={t("overview")}>
        <OutlineTiles outline={outline} />
      </Part>
    );
  }
  const [typeName = "", fieldName] = item.split(".");
  if (typeName.startsWith("@")) {
    const directive = model.types.find((one) => one.kind === "directive" && one.name === typeName.slice(1));
    return directive ? <TypeView key={item} model={model} type={directive} /> : <MissingPart item={item} />;
  }
  const type = typeNamed(model, typeName);
  const field = fieldName === undefined ? undefined : type?.fields.find(({ name }) => name === fieldName);
  if (!type || (fieldName !== undefined && !field)) return <MissingPart item={item} />;
  return field ? (
    <FieldView key={item} model={model} type={type} field={field} />
  ) : (
    <TypeView key={item} model={model} type={type} />
  );
}

function FieldView({ model, type, field }: { model: SdlModel; type: SdlType; field: SdlField }) {
  const answered = typeNamed(model, namedType(field.type));
  return (
    <Part
      title={field.name}
      above={<div className={parts.address}>{type.name}</div>}
      description={field.description}
      isDeprecated={field.deprecation !== undefined}
    >
      <Facts
        facts={[
          [t("returns"), <TypeLink key="returns" type={field.type} />],
          [t("directives"), field.directives.length > 0 && <Code texts={field.directives} />],
          [t("deprecatedPlain"), field.deprecation],
        ]}
      />
      {field.arguments.length > 0 && (
        <PartSection title={t("arguments")}>
          <Fields fields={field.arguments} owner={undefined} />
        </PartSection>
      )}
      {answered && answered.fields.length > 0 && (
        <PartSection title={answered.name}>
          {answered.description && <Markdown text={answered.description} />}
          <Fields fields={answered.fields} owner={answered.name} />
        </PartSection>
      )}
    </Part>
  );
}

function TypeView({ model, type }: { model: SdlModel; type: SdlType }) {
  const { name, kind, description, directives, fields, types, values, locations, isRepeatable } = type;
  const mentions = at(model.mentions, name);
  const implementations = kind === "interface" ? model.types.filter((one) => one.types.includes(name)) : [];
  return (
    <Part
      title={kind === "directive" ? `@${name}` : name}
      above={<div className={parts.address}>{t(`kind_${kind}`)}</div>}
      description={description}
    >
      <Facts
        facts={[
          [t("implements"), kind !== "union" && types.length > 0 && <Names names={types} />],
          [t("members"), kind === "union" && <Names names={types} />],
          [t("implementedBy"), implementations.length > 0 && <Names names={implementations.map((one) => one.name)} />],
          [
            t("locations"),
            locations.length > 0 && `${locations.join(", ")}${isRepeatable ? `, ${t("repeatable")}` : ""}`,
          ],
          [t("directives"), directives.length > 0 && <Code texts={directives} />],
        ]}
      />
      {fields.length > 0 && (
        <PartSection title={kind === "directive" ? t("arguments") : t("fields")}>
          <Fields fields={fields} owner={name} />
        </PartSection>
      )}
      {values.length > 0 && (
        <PartSection title={t("values")}>
          <ShowMore items={values} className={parts.list ?? ""}>
            {(value) => (
              <li key={value.name} className={parts.row}>
                <span className={value.deprecation === undefined ? parts.name : `${parts.name} ${parts.struck}`}>
                  {value.name}
                </span>
                <Words description={value.description} deprecation={value.deprecation} />
              </li>
            )}
          </ShowMore>
        </PartSection>
      )}
      {Array.isArray(mentions) && mentions.length > 0 && kind !== "directive" && (
        <PartSection title={t("mentions")}>
          <Mentions places={mentions as string[]} />
        </PartSection>
      )}
    </Part>
  );
}

function Fields({ fields, owner }: { fields: SdlField[]; owner: string | undefined }) {
  return (
    <ShowMore items={fields} className={parts.list ?? ""}>
      {(field) => (
        <li key={field.name} className={parts.row}>
          <div className={parts.rowHead}>
            <span className={field.deprecation === undefined ? parts.name : `${parts.name} ${parts.struck}`}>
              {owner ? <ItemLink id={`${owner}.${field.name}`}>{field.name}</ItemLink> : field.name}
            </span>
            <span className={parts.type}>
              {field.arguments.length > 0 && <Arguments fields={field.arguments} />}
              <TypeLink type={field.type} />
              {field.fallback !== undefined && ` = ${field.fallback}`}
            </span>
            {field.directives.length > 0 && <Code texts={field.directives} />}
          </div>
          <Words description={field.description} deprecation={field.deprecation} />
        </li>
      )}
    </ShowMore>
  );
}

function Arguments({ fields }: { fields: SdlField[] }) {
  return (
    <>
      (
      {fields.map(({ name, type, fallback }, position) => (
        <span key={name}>
          {position > 0 && ", "}
          {name}: <TypeLink type={type} />
          {fallback !== undefined && ` = ${fallback}`}
        </span>
      ))}
      ){" "}
    </>
  );
}

function Words({ description, deprecation }: { description: string | undefined; deprecation: string | undefined }) {
  return (
    <>
      {description && (
        <div className={parts.muted}>
          <Markdown text={description} />
        </div>
      )}
      {deprecation !== undefined && (
        <p className={parts.faint}>
          <Prose text={deprecation ? t("deprecated", { reason: deprecation }) : t("deprecatedPlain")} />
        </p>
      )}
    </>
  );
}

function TypeLink({ type }: { type: string }) {
  const name = namedType(type);
  const start = type.indexOf(name);
  return (
    <span className={parts.code}>
      {type.slice(0, start)}
      <ItemLink id={name}>{name}</ItemLink>
      {type.slice(start + name.length)}
    </span>
  );
}

function Names({ names }: { names: string[] }) {
  return names.map((name, position) => (
    <span key={name} className={parts.code}>
      {position > 0 && ", "}
      <ItemLink id={name}>{name}</ItemLink>
    </span>
  ));
}

function Mentions({ places }: { places: string[] }) {
  return (
    <ul className={parts.tiles}>
      {places.map((place) => (
        <li key={place} className={parts.tile}>
          <MentionLink place={place} />
        </li>
      ))}
    </ul>
  );
}

/** To the field where it is an item of its own, else to the type it is of. */
function MentionLink({ place }: { place: string }) {
  const { items } = use(DefinitionContext);
  return <ItemLink id={items.has(place) ? place : (place.split(".")[0] ?? place)}>{place}</ItemLink>;
}

function Code({ texts }: { texts: string[] }) {
  return (
    <span className={parts.chips}>
      {texts.map((text, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a directive may stand there twice
        <code key={position} className={parts.chip}>
          {text}
        </code>
      ))}
    </span>
  );
}
