use std::sync::Arc;

use async_graphql::{Context, Object};
use callboard_kit::{EntityFilter, EntityOrder, PageArguments, Result};

use super::{catalog, connection::EntityConnection, kinds};
use crate::{
    entity::CatalogEntity,
    service::{ListQuery, Scope},
};

/// Declares the relations of a kind: `many` become connections that are paged and filtered in the index, `one` the
/// entity itself.
macro_rules! relations {
    ($name:ident {
        one { $($(#[$one_meta:meta])* $one:ident: $type:ident = $one_relation:literal of $one_kind:literal;)* }
        many { $($(#[$many_meta:meta])* $many:ident = $relation:literal of [$($kind:literal),*];)* }
    }) => {
        /// The typed relations of a kind.
        pub struct $name(pub Arc<CatalogEntity>);

        #[Object]
        impl $name {
            $(
                $(#[$one_meta])*
                async fn $one(&self, ctx: &Context<'_>) -> Result<Option<kinds::$type>> {
                    let related = catalog(ctx).related(self.0.uid, $one_relation, &[$one_kind]).await?;
                    Ok(related.map(kinds::$type::new))
                }
            )*
            $(
                $(#[$many_meta])*
                #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
                async fn $many(
                    &self,
                    ctx: &Context<'_>,
                    #[graphql(desc = "Only these.")] filter: Option<EntityFilter>,
                    #[graphql(desc = "Only with these words.")] text: Option<String>,
                    #[graphql(desc = "The order, by name unless told.")] order_by: Option<Vec<EntityOrder>>,
                    #[graphql(desc = "How many from the start, 20 unless told.")] first: Option<i32>,
                    #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
                    #[graphql(desc = "How many from the end.")] last: Option<i32>,
                    #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
                ) -> Result<EntityConnection> {
                    let scope =
                        Scope::Related { uid: self.0.uid, relation_type: $relation, kinds: &[$($kind),*] };
                    let page = PageArguments { first, after, last, before, offset: None };
                    let order = order_by.unwrap_or_default();
                    EntityConnection::of(&catalog(ctx), ListQuery { scope, filter, text, order, page }).await
                }
            )*
        }
    };
}

relations! { ComponentRelations {
    one {
        /// The component it is a part of.
        subcomponent_of: Component = "partOf" of "component";
    }
    many {
        /// The components that are parts of it.
        subcomponents = "hasPart" of ["component"];
        /// The APIs it offers.
        provides_apis = "providesApi" of [];
        /// The APIs it calls.
        consumes_apis = "consumesApi" of [];
        /// What it cannot do without.
        depends_on = "dependsOn" of [];
        /// What cannot do without it.
        dependency_of = "dependencyOf" of [];
    }
} }

relations! { ApiRelations {
    one {}
    many {
        /// Who offers it.
        providers = "apiProvidedBy" of [];
        /// Who calls it.
        consumers = "apiConsumedBy" of [];
    }
} }

relations! { ResourceRelations {
    one {}
    many {
        /// What it cannot do without.
        depends_on = "dependsOn" of [];
        /// What cannot do without it.
        dependency_of = "dependencyOf" of [];
    }
} }

relations! { SystemRelations {
    one {}
    many {
        /// Its components.
        components = "hasPart" of ["component"];
        /// Its APIs.
        apis = "hasPart" of ["api"];
        /// Its resources.
        resources = "hasPart" of ["resource"];
    }
} }

relations! { DomainRelations {
    one {
        /// The domain it is a part of.
        subdomain_of: Domain = "partOf" of "domain";
    }
    many {
        /// The domains that are parts of it.
        subdomains = "hasPart" of ["domain"];
        /// Its systems.
        systems = "hasPart" of ["system"];
    }
} }

relations! { GroupRelations {
    one {
        /// The group above it.
        parent: Group = "childOf" of "group";
    }
    many {
        /// The groups below it.
        children = "parentOf" of ["group"];
        /// What it owns.
        owns = "ownerOf" of [];
    }
} }

relations! { UserRelations {
    one {}
    many {
        /// The groups the person belongs to.
        member_of = "memberOf" of ["group"];
        /// What the person owns.
        owns = "ownerOf" of [];
    }
} }

relations! { AiResourceRelations {
    one {}
    many {
        /// What it cannot do without.
        depends_on = "dependsOn" of [];
    }
} }
