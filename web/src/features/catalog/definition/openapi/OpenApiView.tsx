import type { Json } from "../json/access.ts";
import type { Outline } from "../outline.ts";
import { MissingPart, Part } from "../parts/Part.tsx";
import { SchemaView } from "../schema/SchemaView.tsx";
import { shapeOf } from "../schema/schema.ts";
import { OpenApiOverview } from "./OpenApiOverview.tsx";
import { OperationView } from "./OperationView.tsx";
import { operationOf } from "./operation.ts";
import { schemasOf } from "./outline.ts";

interface OpenApiViewProps {
  document: Json;
  outline: Outline;
  item: string | undefined;
}

/** An OpenAPI definition: all of it at a glance, or one operation or schema. */
export function OpenApiView({ document, outline, item }: OpenApiViewProps) {
  if (item === undefined) return <OpenApiOverview document={document} outline={outline} />;
  const operation = operationOf(document, item);
  if (operation) return <OperationView key={item} document={document} operation={operation} />;
  const name = item.startsWith("schema ") ? item.slice("schema ".length) : undefined;
  const schema = schemasOf(document).find(([known]) => known === name);
  if (!schema) return <MissingPart item={item} />;
  const { description, isDeprecated } = shapeOf(document, schema[1]);
  return (
    <Part key={item} title={schema[0]} description={description} isDeprecated={isDeprecated}>
      <SchemaView document={document} schema={schema[1]} label={schema[0]} isBare />
    </Part>
  );
}
