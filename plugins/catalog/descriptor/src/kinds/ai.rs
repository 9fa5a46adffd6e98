use super::{
    Field, Kind, Shape, Variant,
    software::{LIFECYCLE, OWNER, REFERENCES, SYSTEM},
};

const TYPE: Field = Field::required(
    "type",
    Shape::Filled,
    "say what it is, such as `skill`, `rule`, `plugin` or `marketplace`",
);
const DISCIPLINES: Field = Field::optional(
    "disciplines",
    REFERENCES,
    "list who it is for, such as `frontend`, or leave the key out",
);
const VERSION: Field =
    Field::optional("version", Shape::Filled, "write a version in quotes, or leave the key out");

pub(super) const AI_RESOURCE: Kind = Kind {
    name: "AiResource",
    api_versions: &["backstage.io/v1alpha1"],
    spec: &[TYPE, LIFECYCLE, OWNER, SYSTEM],
    variants: &[
        Variant {
            spec_type: "skill",
            spec: &[
                TYPE,
                LIFECYCLE,
                OWNER,
                SYSTEM,
                DISCIPLINES,
                Field::optional("categories", REFERENCES, "list categories, or leave the key out"),
                Field::optional(
                    "agents",
                    REFERENCES,
                    "list the agents that can use it, or leave the key out",
                ),
                Field::optional("dependsOn", REFERENCES, "list the AI resources that it needs"),
                // Text in the reference's schema, a list in its own examples.
                Field::optional("allowedTools", Shape::FilledOrList, "name the tools, or leave the key out"),
                Field::optional("license", Shape::Filled, "name the licence, or leave the key out"),
                Field::optional("compatibility", Shape::FilledUpTo(500), "say what it works with, in short"),
            ],
            unless: None,
        },
        Variant {
            spec_type: "rule",
            spec: &[
                TYPE,
                LIFECYCLE,
                OWNER,
                SYSTEM,
                DISCIPLINES,
                Field::required("category", Shape::Filled, "say what the rule is about, such as `security`"),
                Field::required("rationale", Shape::Filled, "say why the rule is there"),
            ],
            unless: None,
        },
        Variant {
            spec_type: "plugin",
            spec: &[
                TYPE,
                LIFECYCLE,
                OWNER,
                SYSTEM,
                Field::required("skills", REFERENCES, "list the skills in it, or write `skills: []`"),
                VERSION,
            ],
            unless: None,
        },
        Variant {
            spec_type: "marketplace",
            spec: &[
                TYPE,
                LIFECYCLE,
                OWNER,
                SYSTEM,
                Field::required("plugins", REFERENCES, "list the plugins in it, or write `plugins: []`"),
                VERSION,
            ],
            unless: None,
        },
    ],
};
