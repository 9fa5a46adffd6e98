use super::{CORE, Field, Kind, Shape, software::REFERENCES};

const PROFILE: Field = Field::optional(
    "profile",
    Shape::Mapping(&[
        Field::optional("displayName", Shape::Filled, "write a name for people, or leave the key out"),
        Field::optional("email", Shape::Filled, "write an address, or leave the key out"),
        Field::optional("picture", Shape::Filled, "write the URL of an image, or leave the key out"),
    ]),
    "write `displayName`, `email` and `picture` below it, or leave the key out",
);

pub(super) const GROUP: Kind = Kind {
    name: "Group",
    api_versions: CORE,
    spec: &[
        Field::required("type", Shape::Filled, "say what it is, such as `team` or `business-unit`"),
        PROFILE,
        Field::optional("parent", Shape::Filled, "name the group that it is part of, or leave the key out"),
        Field::required("children", REFERENCES, "list the groups in it, or write `children: []`"),
        Field::optional("members", REFERENCES, "list the users in it, or leave the key out"),
    ],
    variants: &[],
};

pub(super) const USER: Kind = Kind {
    name: "User",
    api_versions: CORE,
    spec: &[
        PROFILE,
        Field::required(
            "memberOf",
            REFERENCES,
            "list the groups that the user is in, or write `memberOf: []`",
        ),
    ],
    variants: &[],
};

pub(super) const LOCATION: Kind = Kind {
    name: "Location",
    api_versions: CORE,
    spec: &[
        Field::optional("type", Shape::Filled, "write `file` or `url`, or leave the key out"),
        Field::optional("target", Shape::Filled, "write a path or a URL, or leave the key out"),
        Field::optional("targets", REFERENCES, "list paths or URLs"),
        Field::optional(
            "presence",
            Shape::OneOf(&["required", "optional"]),
            "`optional` makes a missing target no error",
        ),
    ],
    variants: &[],
};
