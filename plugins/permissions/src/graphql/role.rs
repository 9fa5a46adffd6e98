use std::sync::Arc;

use async_graphql::{Context, Enum, Object, SimpleObject};
use callboard_kit::{EntityRef, Page, PageInfo};
use chrono::{DateTime, Utc};

use super::{grant::Grant, permissions};
use crate::model;

/// Who has a role and what it grants.
pub(crate) struct Role(pub Arc<model::Role>);

/// Where a role is kept.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "model::RoleSource")]
pub(crate) enum RoleSource {
    /// In the config, where alone it is changed.
    Config,
    /// In the database, where mutations change it.
    Database,
}

#[Object]
impl Role {
    /// The unique name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What it is for.
    async fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// The user or group whose role it is: whom conditions by `IS_OWNER` let change it.
    async fn owner(&self) -> Option<&EntityRef> {
        self.0.owner.as_ref()
    }

    /// The users and groups that have it; members of a group have it, too, and so do those of the groups below.
    async fn members(&self) -> &[EntityRef] {
        &self.0.members
    }

    /// Whether every signed-in user and the guest has it.
    async fn everyone(&self) -> bool {
        self.0.everyone
    }

    /// What it grants and denies.
    async fn grants(&self) -> Vec<Grant> {
        self.0.grants.iter().cloned().map(Grant).collect()
    }

    /// Where it is kept.
    async fn source(&self) -> RoleSource {
        self.0.source.into()
    }

    /// When it came into being; null for a role of the config.
    async fn created_at(&self) -> Option<DateTime<Utc>> {
        self.0.times.map(|(created, _)| created)
    }

    /// When it was changed last; null for a role of the config.
    async fn updated_at(&self) -> Option<DateTime<Utc>> {
        self.0.times.map(|(_, updated)| updated)
    }

    /// A mark of what it is, for `expectedRevision`: another one as soon as anything about it is different.
    async fn revision(&self) -> String {
        self.0.revision()
    }

    /// Whether the viewer may change it.
    async fn viewer_can_update(&self, ctx: &Context<'_>) -> bool {
        permissions(ctx).may_change(&self.0).0
    }

    /// Whether the viewer may delete it.
    async fn viewer_can_delete(&self, ctx: &Context<'_>) -> bool {
        permissions(ctx).may_change(&self.0).1
    }
}

/// A page of roles, by name.
#[derive(SimpleObject)]
pub(crate) struct RoleConnection {
    /// The roles of the page, each with its cursor.
    edges: Vec<RoleEdge>,
    /// The roles of the page.
    nodes: Vec<Role>,
    /// Where the page lies in the list.
    page_info: PageInfo,
    /// How many roles the viewer may see.
    total_count: i32,
}

/// A role in a list.
#[derive(SimpleObject)]
pub(crate) struct RoleEdge {
    /// Its place in the list.
    cursor: String,
    /// The role.
    node: Role,
}

impl From<Page<Arc<model::Role>>> for RoleConnection {
    fn from(page: Page<Arc<model::Role>>) -> Self {
        Self {
            page_info: page.info(),
            total_count: i32::try_from(page.total_count).unwrap_or(i32::MAX),
            nodes: page.items.iter().map(|(_, role)| Role(Arc::clone(role))).collect(),
            edges: page
                .items
                .into_iter()
                .map(|(cursor, role)| RoleEdge { cursor, node: Role(role) })
                .collect(),
        }
    }
}
