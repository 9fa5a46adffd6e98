// APIs of every kind, good and bad, for a portal of the tests.

/** A descriptor of an API; JSON is YAML. */
export function api(name, type, definition, more = {}) {
  return JSON.stringify({
    apiVersion: "backstage.io/v1alpha1",
    kind: "API",
    metadata: { name },
    spec: { type, lifecycle: "production", owner: "crew", ...(definition !== undefined && { definition }), ...more },
  });
}

/** A component that provides and consumes. */
export function component(name, { provides = [], consumes = [] }) {
  return JSON.stringify({
    apiVersion: "backstage.io/v1alpha1",
    kind: "Component",
    metadata: { name },
    spec: { type: "service", lifecycle: "production", owner: "crew", providesApis: provides, consumesApis: consumes },
  });
}

/** An OpenAPI definition that means harm in every way we could think of, and still says something. */
export function pets(server) {
  return JSON.stringify({
    openapi: "3.1.0",
    info: {
      title: "Pets",
      version: "1.2.0",
      description:
        "All **pets**. <script>document.title = 'owned'</script><img src=x onerror=\"document.title='owned'\"> [click](javascript:alert(1)) and [read](https://pets.example/docs).",
      contact: { name: "Crew", url: "javascript:alert(2)" },
    },
    servers: [{ url: server }, { url: "https://{region}.pets.example/v1", variables: { region: { default: "eu", enum: ["eu", "us"] } } }],
    tags: [{ name: "pets" }],
    paths: {
      "/pets": {
        get: {
          tags: ["pets"],
          summary: "All pets",
          operationId: "listPets",
          parameters: [{ name: "limit", in: "query", description: "How many", schema: { type: "integer", maximum: 100 } }],
          responses: {
            200: {
              description: "The pets",
              content: { "application/json": { schema: { type: "array", items: { $ref: "#/components/schemas/Pet" } } } },
            },
            default: { description: "An error" },
          },
        },
        post: {
          tags: ["pets"],
          summary: "Add a pet",
          security: [{ token: [] }],
          requestBody: {
            required: true,
            content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } },
          },
          responses: { 201: { description: "Added" } },
        },
      },
      "/pets/{id}": {
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
        get: { tags: ["pets"], summary: "One pet", responses: { 200: { description: "It" } } },
        delete: { tags: ["pets"], summary: "Let one go", deprecated: true, responses: { 204: { description: "Gone" } } },
      },
      "/moved": { get: { summary: "Sends on", responses: { 302: { description: "Elsewhere" } } } },
      "/shut": { get: { summary: "Without CORS", responses: { 200: { description: "Never seen" } } } },
    },
    components: {
      securitySchemes: { token: { type: "http", scheme: "bearer" } },
      schemas: {
        Pet: {
          type: "object",
          required: ["name"],
          description: "A pet, with pets of its own.",
          properties: {
            id: { type: "integer", readOnly: true },
            name: { type: "string", minLength: 1, example: "Rex" },
            kind: { enum: ["cat", "dog"] },
            parent: { $ref: "#/components/schemas/Pet" },
            vet: { $ref: `${server}/remote-schema.json#/Vet` },
            loop: { $ref: "#/components/schemas/Loop" },
          },
        },
        Loop: { $ref: "#/components/schemas/Pool" },
        Pool: { $ref: "#/components/schemas/Loop" },
      },
    },
  });
}

/** An OpenAPI definition with this many operations, of several megabytes. */
export function huge(operations, words = 300) {
  const paths = {};
  for (let number = 0; number < operations; number++) {
    paths[`/area-${number % 40}/things-${number}/{id}`] = {
      get: {
        tags: [`area ${number % 40}`],
        summary: `Thing ${number}`,
        description: "word ".repeat(words),
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
        responses: {
          200: { description: "ok", content: { "application/json": { schema: { $ref: `#/components/schemas/Thing${number % 500}` } } } },
        },
      },
    };
  }
  const schemas = {};
  for (let number = 0; number < 500; number++) {
    const next = { $ref: `#/components/schemas/Thing${(number + 1) % 500}` };
    schemas[`Thing${number}`] = {
      type: "object",
      description: "word ".repeat(words),
      properties: Object.fromEntries(Array.from({ length: 20 }, (_, one) => [`field${one}`, one === 0 ? next : { type: "string" }])),
    };
  }
  return JSON.stringify({ openapi: "3.0.3", info: { title: "Huge", version: "9" }, paths, components: { schemas } });
}

export const swagger = `swagger: "2.0"
info: { title: Old pets, version: "1" }
host: old.example
basePath: /v1
paths:
  /pets:
    post:
      summary: Add one
      parameters:
        - { name: pet, in: body, required: true, schema: { $ref: "#/definitions/Pet" } }
      responses: { "200": { description: ok, schema: { $ref: "#/definitions/Pet" } } }
definitions:
  Pet: { type: object, properties: { name: { type: string } } }
`;

export const events = `asyncapi: 2.6.0
info: { title: Events, version: "3" }
channels:
  pets/{id}/born:
    parameters: { id: { schema: { type: string } } }
    subscribe:
      operationId: onBorn
      message: { $ref: "#/components/messages/Born" }
components:
  messages:
    Born:
      summary: A pet was born
      payload: { type: object, required: [name], properties: { name: { type: string } } }
`;

export const graph = `
type Query { "All pets." pets(first: Int = 10): [Pet!]! }
"A pet, <script>alert(1)</script> of somebody."
type Pet implements Node { id: ID! name: String owner: Person kind: Kind @deprecated(reason: "Ask \`species\`") }
type Person { pets: [Pet!]! }
interface Node { id: ID! }
enum Kind { CAT DOG }
`;

export const service = `syntax = "proto3";
package pets.v1;
// Keeps pets.
service Keeper {
  // Every pet, as it comes.
  rpc Watch(WatchRequest) returns (stream Pet);
}
message WatchRequest { Kind kind = 1; }
message Pet { string name = 1; repeated Pet children = 2; }
enum Kind { UNKNOWN = 0; CAT = 1; }
`;

export const broken = `openapi: 3.0.0
info:
  title: Broken
paths:
  /pets:
    get: { summary: "never closed
    post: {}
`;
