use super::{Field, Kind, Shape};

const PERMISSIONS: Field = Field::optional(
    "backstage:permissions",
    Shape::Mapping(&[Field::optional("tags", Shape::List(&Shape::Text), "list tags")]),
    "write `tags` below it",
);
const CONDITION: Field = Field::optional("if", Shape::TextOrBoolean, "write an expression, true or false");
const TITLE: Field = Field::optional("title", Shape::Filled, "write what people read, or leave the key out");
const ICON: Field = Field::optional("icon", Shape::Filled, "name an icon, or leave the key out");

const STEP: Shape = Shape::Mapping(&[
    Field::optional("id", Shape::Text, "name the step"),
    Field::optional("name", Shape::Text, "write what people read"),
    Field::required("action", Shape::Text, "name the action that the step runs, such as `fetch:template`"),
    Field::optional("input", Shape::Mapping(&[]), "write the inputs of the action below it"),
    CONDITION,
    PERMISSIONS,
]);

const DECORATORS: Shape = Shape::List(&Shape::Mapping(&[
    Field::optional("id", Shape::Text, "name the decorator"),
    Field::optional("input", Shape::Mapping(&[]), "write the inputs of the decorator below it"),
]));

const OUTPUT: Shape = Shape::MappingOfText(&[
    Field::optional(
        "links",
        Shape::List(&Shape::Mapping(&[
            CONDITION,
            Field::optional("url", Shape::Filled, "write an address, or leave the key out"),
            Field::optional("entityRef", Shape::Filled, "write an entity reference, or leave the key out"),
            TITLE,
            ICON,
        ])),
        "list links, each with `title` and `url` or `entityRef`",
    ),
    Field::optional(
        "text",
        Shape::List(&Shape::Mapping(&[
            CONDITION,
            TITLE,
            ICON,
            Field::optional("content", Shape::Text, "write Markdown"),
        ])),
        "list texts, each with `title` and `content`",
    ),
]);

pub(super) const TEMPLATE: Kind = Kind {
    name: "Template",
    api_versions: &["scaffolder.backstage.io/v1beta3"],
    spec: &[
        Field::required("type", Shape::Filled, "say what it makes, such as `service` or `website`"),
        Field::optional("owner", Shape::Filled, "name the group or user that owns it, or leave the key out"),
        Field::optional("lifecycle", Shape::Filled, "say how mature it is, or leave the key out"),
        Field::optional(
            "parameters",
            Shape::MappingOrList(&[PERMISSIONS]),
            "write a form, or a list of forms",
        ),
        Field::optional(
            "secrets",
            Shape::Mapping(&[Field::optional("schema", Shape::Mapping(&[]), "write a JSON Schema")]),
            "write `schema` below it",
        ),
        Field::optional(
            "presentation",
            Shape::Mapping(&[Field::optional(
                "buttonLabels",
                Shape::Mapping(&[
                    Field::optional("backButtonText", Shape::Text, "write a label"),
                    Field::optional("createButtonText", Shape::Text, "write a label"),
                    Field::optional("reviewButtonText", Shape::Text, "write a label"),
                ]),
                "write the labels below it",
            )]),
            "write `buttonLabels` below it",
        ),
        Field::optional(
            "EXPERIMENTAL_recovery",
            Shape::Mapping(&[Field::optional("EXPERIMENTAL_strategy", Shape::Text, "name a strategy")]),
            "write `EXPERIMENTAL_strategy` below it",
        ),
        Field::optional("formDecorators", DECORATORS, "list decorators, each with `id`"),
        Field::optional("EXPERIMENTAL_formDecorators", DECORATORS, "list decorators, each with `id`"),
        Field::required("steps", Shape::List(&STEP), "list the steps, each with the `action` that it runs"),
        Field::optional("output", OUTPUT, "write `links` and `text` below it"),
    ],
    variants: &[],
};
