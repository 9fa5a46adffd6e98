use std::sync::Arc;

use async_graphql::{MergedObject, OutputType, registry::Registry};

use super::{
    api::ApiFields,
    fields::EntityFields,
    group::{GroupFields, LocationFields, UserFields},
    relations_of_kind::{
        AiResourceRelations, ApiRelations, ComponentRelations, DomainRelations, GroupRelations,
        ResourceRelations, SystemRelations, UserRelations,
    },
    template::TemplateFields,
};
use crate::entity::CatalogEntity;

/// A type of the graph that implements `Entity`.
pub struct Kind {
    /// Its name.
    pub type_name: &'static str,
    /// Tells the schema of it.
    pub register: fn(&mut Registry),
}

/// Declares the object types: each is the fields of every entity and some of its own.
macro_rules! kinds {
    ($($(#[$meta:meta])* $name:ident = $graph_name:literal ( $($part:ident),* );)*) => {
        $(
            $(#[$meta])*
            #[derive(MergedObject)]
            #[graphql(name = $graph_name)]
            pub struct $name(EntityFields, $($part),*);

            impl $name {
                /// Shows an entity as one of this kind.
                pub fn new(entity: Arc<CatalogEntity>) -> Self {
                    Self(EntityFields(Arc::clone(&entity)), $($part(Arc::clone(&entity))),*)
                }
            }
        )*

        /// Every type that implements `Entity`.
        pub const KINDS: &[Kind] = &[$(Kind {
            type_name: $graph_name,
            register: |registry| {
                <$name as OutputType>::create_type_info(registry);
            },
        }),*];
    };
}

kinds! {
    /// A piece of software: a service, a website, a library.
    Component = "Component" (ComponentRelations);
    /// A boundary between components, with a definition that machines read.
    Api = "API" (ApiFields, ApiRelations);
    /// What a component needs at run time: a database, a queue, a bucket.
    Resource = "Resource" (ResourceRelations);
    /// Components, APIs and resources that make something together.
    System = "System" (SystemRelations);
    /// Systems that share a purpose, terms and people.
    Domain = "Domain" (DomainRelations);
    /// People who belong together: a team, a department, a company.
    Group = "Group" (GroupFields, GroupRelations);
    /// A person.
    User = "User" (UserFields, UserRelations);
    /// A place that further descriptors are read from.
    Location = "Location" (LocationFields);
    /// A form and the steps that make something new from it.
    Template = "Template" (TemplateFields);
    /// Something that AI agents work with: a skill, a rule, a plugin.
    AiResource = "AiResource" (AiResourceRelations);
    /// An entity of a kind that this server does not know.
    CustomEntity = "CustomEntity" ();
}
