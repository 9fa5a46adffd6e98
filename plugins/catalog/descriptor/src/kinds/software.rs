use super::{CORE, Field, Kind, Shape, Variant};

pub(super) const TYPE: Field =
    Field::required("type", Shape::Filled, "say what it is, such as `service`, `website` or `library`");
pub(super) const LIFECYCLE: Field = Field::required(
    "lifecycle",
    Shape::Filled,
    "say how mature it is, such as `experimental`, `production` or `deprecated`",
);
pub(super) const OWNER: Field =
    Field::required("owner", Shape::Filled, "name the group or user that owns it, such as `group:team-a`");
pub(super) const SYSTEM: Field =
    Field::optional("system", Shape::Filled, "name the system that it is part of, or leave the key out");

/// A list of entity references.
pub(super) const REFERENCES: Shape = Shape::List(&Shape::Filled);

const DEPENDS_ON: Field =
    Field::optional("dependsOn", REFERENCES, "list references with their kind, such as `resource:orders-db`");

pub(super) const COMPONENT: Kind = Kind {
    name: "Component",
    api_versions: CORE,
    spec: &[
        TYPE,
        LIFECYCLE,
        OWNER,
        SYSTEM,
        Field::optional("subcomponentOf", Shape::Filled, "name the component that it is part of"),
        Field::optional("providesApis", REFERENCES, "list the APIs that it provides"),
        Field::optional("consumesApis", REFERENCES, "list the APIs that it consumes"),
        DEPENDS_ON,
    ],
    variants: &[],
};

const API_TYPE: Field = Field::required(
    "type",
    Shape::Filled,
    "say what it is, such as `openapi`, `asyncapi`, `graphql` or `grpc`",
);

pub(super) const API: Kind = Kind {
    name: "API",
    api_versions: CORE,
    spec: &[
        API_TYPE,
        LIFECYCLE,
        OWNER,
        SYSTEM,
        Field::required(
            "definition",
            Shape::Filled,
            "write the definition as text, or read it from a file with `$text: ./openapi.yaml`",
        ),
    ],
    variants: &[Variant {
        spec_type: "mcp-server",
        spec: &[
            API_TYPE,
            LIFECYCLE,
            OWNER,
            SYSTEM,
            Field::required(
                "remotes",
                Shape::FilledList(&Shape::Mapping(&[
                    Field::required("type", Shape::Filled, "name the transport, such as `streamable-http`"),
                    Field::required("url", Shape::Filled, "write the address of the server"),
                ])),
                "list where the server answers, each with `type` and `url`",
            ),
        ],
        // Before there was the type, its definition was written out like that of any API.
        unless: Some(("definition", "remotes")),
    }],
};

pub(super) const RESOURCE: Kind = Kind {
    name: "Resource",
    api_versions: CORE,
    spec: &[
        Field::required("type", Shape::Filled, "say what it is, such as `database`, `bucket` or `cluster`"),
        OWNER,
        SYSTEM,
        DEPENDS_ON,
    ],
    variants: &[],
};

pub(super) const SYSTEM_KIND: Kind = Kind {
    name: "System",
    api_versions: CORE,
    spec: &[
        OWNER,
        Field::optional("domain", Shape::Filled, "name the domain that it is part of, or leave the key out"),
        Field::optional("type", Shape::Filled, "say what it is, such as `product`, or leave the key out"),
    ],
    variants: &[],
};

pub(super) const DOMAIN: Kind = Kind {
    name: "Domain",
    api_versions: CORE,
    spec: &[
        OWNER,
        Field::optional(
            "subdomainOf",
            Shape::Filled,
            "name the domain that it is part of, or leave the key out",
        ),
        Field::optional("type", Shape::Filled, "say what it is, such as `bundle`, or leave the key out"),
    ],
    variants: &[],
};
