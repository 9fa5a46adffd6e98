//! Queries, and nothing else.

use std::{collections::HashMap, sync::Arc};

use callboard_kit::{EntityRef, Problem};
use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, QueryResult, TransactionTrait,
    sea_query::{Expr, ExprTrait, Query},
};

use crate::{
    config::Effect,
    model::{Grant, GrantTarget, Role, RoleSource, action_name, action_named},
};

/// Rows of one statement, so that every engine's limit of variables is kept.
const ROWS_PER_STATEMENT: usize = 500;

/// How often roles are read anew when they are changed meanwhile.
const ATTEMPTS: usize = 20;

/// The tables of roles.
#[derive(Clone, Debug)]
pub(crate) struct RoleRepository {
    database: DatabaseConnection,
}

/// Why roles could not be read or written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RoleStoreError {
    #[error("the database refused")]
    Database(#[from] DbErr),
    #[error("role `{role}` is stored in a way that cannot be read: {reason}")]
    Unreadable { role: String, reason: String },
    /// Another process changed roles in between.
    #[error("roles were changed at the same time")]
    Overtaken,
}

impl From<RoleStoreError> for Problem {
    fn from(error: RoleStoreError) -> Self {
        Self::internal(error)
    }
}

type Result<T> = std::result::Result<T, RoleStoreError>;

/// A role that is different, or is no longer.
#[derive(Clone, Debug)]
pub(crate) enum RoleWrite {
    Put(Arc<Role>),
    Delete(String),
}

impl RoleRepository {
    pub const fn new(database: DatabaseConnection) -> Self {
        Self { database }
    }

    /// How often roles were changed.
    pub async fn revision(&self) -> Result<i64> {
        let select = Query::select()
            .column("revision")
            .from("permissions_revision")
            .and_where(Expr::col("id").eq(1))
            .to_owned();
        let row = self.database.query_one(&select).await?;
        Ok(row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default())
    }

    /// Every role, by name, with the revision it is of: all of one moment.
    pub async fn load(&self) -> Result<(i64, Vec<Role>)> {
        for _ in 0..ATTEMPTS {
            let revision = self.revision().await?;
            let roles = self.roles().await?;
            // Were roles changed in between, members and grants may be of different moments.
            if self.revision().await? == revision {
                return Ok((revision, roles));
            }
        }
        Err(RoleStoreError::Overtaken)
    }

    async fn roles(&self) -> Result<Vec<Role>> {
        let mut members = self.members().await?;
        let mut grants = self.grants().await?;
        let select = Query::select()
            .columns(["id", "name", "description", "owner", "everyone", "created_at", "updated_at"])
            .from("permissions_roles")
            .order_by("name", sea_orm::Order::Asc)
            .to_owned();
        let rows = self.database.query_all(&select).await?;
        let roles = rows.iter().map(|row| {
            let id: String = row.try_get_by_index(0)?;
            let name: String = row.try_get_by_index(1)?;
            let owner: Option<String> = row.try_get_by_index(3)?;
            let times: (DateTime<Utc>, DateTime<Utc>) = (row.try_get_by_index(5)?, row.try_get_by_index(6)?);
            Ok(Role {
                description: row.try_get_by_index(2)?,
                owner: owner.map(|owner| reference(&name, &owner)).transpose()?,
                everyone: row.try_get_by_index(4)?,
                members: members.remove(&id).unwrap_or_default(),
                grants: grants.remove(&id).unwrap_or_default(),
                source: RoleSource::Database,
                times: Some(times),
                id,
                name,
            })
        });
        roles.collect()
    }

    async fn members(&self) -> Result<HashMap<String, Vec<EntityRef>>> {
        let select = Query::select()
            .columns(["role_id", "member"])
            .from("permissions_role_members")
            .order_by("role_id", sea_orm::Order::Asc)
            .order_by("position", sea_orm::Order::Asc)
            .to_owned();
        let mut members: HashMap<String, Vec<EntityRef>> = HashMap::new();
        for row in self.database.query_all(&select).await? {
            let role: String = row.try_get_by_index(0)?;
            let member = reference(&role, &row.try_get_by_index::<String>(1)?)?;
            members.entry(role).or_default().push(member);
        }
        Ok(members)
    }

    async fn grants(&self) -> Result<HashMap<String, Vec<Grant>>> {
        let select = Query::select()
            .columns(["role_id", "id", "permission", "action", "effect", "condition"])
            .from("permissions_grants")
            .order_by("role_id", sea_orm::Order::Asc)
            .order_by("position", sea_orm::Order::Asc)
            .to_owned();
        let mut grants: HashMap<String, Vec<Grant>> = HashMap::new();
        for row in self.database.query_all(&select).await? {
            let role: String = row.try_get_by_index(0)?;
            let grant = grant_of(&role, &row)?;
            grants.entry(role).or_default().push(grant);
        }
        Ok(grants)
    }

    /// Stores changes that were made to what `revision` held, all or none, and gives the new revision.
    pub async fn save(&self, revision: i64, writes: &[RoleWrite]) -> Result<i64> {
        let transaction = self.database.begin().await?;
        let next = revision + 1;
        // Writers queue up at this row, and only one of those that saw the same revision finds it.
        let update = Query::update()
            .table("permissions_revision")
            .value("revision", next)
            .and_where(Expr::col("id").eq(1))
            .and_where(Expr::col("revision").eq(revision))
            .to_owned();
        if transaction.execute(&update).await?.rows_affected() == 0 {
            transaction.rollback().await?;
            return Err(RoleStoreError::Overtaken);
        }
        // A name may pass from one role to another, so what goes away goes first.
        for write in writes {
            delete(&transaction, write.id()).await?;
        }
        for write in writes {
            if let RoleWrite::Put(role) = write {
                insert(&transaction, role).await?;
            }
        }
        transaction.commit().await?;
        Ok(next)
    }
}

impl RoleWrite {
    /// The id of the role.
    pub fn id(&self) -> &str {
        match self {
            Self::Put(role) => &role.id,
            Self::Delete(id) => id,
        }
    }
}

async fn delete(transaction: &DatabaseTransaction, id: &str) -> Result<()> {
    for (table, column) in [
        ("permissions_grants", "role_id"),
        ("permissions_role_members", "role_id"),
        ("permissions_roles", "id"),
    ] {
        let delete = Query::delete().from_table(table).and_where(Expr::col(column).eq(id)).to_owned();
        transaction.execute(&delete).await?;
    }
    Ok(())
}

async fn insert(transaction: &DatabaseTransaction, role: &Role) -> Result<()> {
    let (created, updated) = role.times.unwrap_or_default();
    let insert = Query::insert()
        .into_table("permissions_roles")
        .columns(["id", "name", "description", "owner", "everyone", "created_at", "updated_at"])
        .values_panic([
            role.id.as_str().into(),
            role.name.as_str().into(),
            role.description.clone().into(),
            role.owner.as_ref().map(EntityRef::to_string).into(),
            role.everyone.into(),
            created.into(),
            updated.into(),
        ])
        .to_owned();
    transaction.execute(&insert).await?;
    let members: Vec<(i32, &EntityRef)> = (0..).zip(&role.members).collect();
    for chunk in members.chunks(ROWS_PER_STATEMENT) {
        let mut insert = Query::insert();
        insert.into_table("permissions_role_members").columns(["role_id", "position", "member"]);
        for (position, member) in chunk {
            insert.values_panic([role.id.as_str().into(), (*position).into(), member.as_str().into()]);
        }
        transaction.execute(&insert).await?;
    }
    let grants: Vec<(i32, &Grant)> = (0..).zip(&role.grants).collect();
    for chunk in grants.chunks(ROWS_PER_STATEMENT) {
        let mut insert = Query::insert();
        insert.into_table("permissions_grants").columns([
            "id",
            "role_id",
            "position",
            "permission",
            "action",
            "effect",
            "condition",
        ]);
        for (position, grant) in chunk {
            let condition = grant.when.as_ref().map(serde_json::to_string).transpose();
            let condition = condition.map_err(|error| RoleStoreError::Unreadable {
                role: role.name.clone(),
                reason: error.to_string(),
            })?;
            insert.values_panic([
                grant.id.as_str().into(),
                role.id.as_str().into(),
                (*position).into(),
                grant.target.permission().into(),
                grant.target.action().map(action_name).into(),
                effect_name(grant.effect).into(),
                condition.into(),
            ]);
        }
        transaction.execute(&insert).await?;
    }
    Ok(())
}

fn grant_of(role: &str, row: &QueryResult) -> Result<Grant> {
    let unreadable = |reason: String| RoleStoreError::Unreadable { role: role.to_owned(), reason };
    let permission: String = row.try_get_by_index(2)?;
    let action: Option<String> = row.try_get_by_index(3)?;
    let action = match action {
        Some(name) => {
            Some(action_named(&name).ok_or_else(|| unreadable(format!("there is no action `{name}`")))?)
        }
        None => None,
    };
    let effect: String = row.try_get_by_index(4)?;
    let condition: Option<String> = row.try_get_by_index(5)?;
    let when = condition.map(|text| serde_json::from_str(&text)).transpose();
    Ok(Grant {
        id: row.try_get_by_index(1)?,
        target: GrantTarget::new(&permission, action),
        effect: effect_named(&effect).ok_or_else(|| unreadable(format!("there is no effect `{effect}`")))?,
        when: when.map_err(|error| unreadable(error.to_string()))?,
    })
}

const fn effect_name(effect: Effect) -> &'static str {
    match effect {
        Effect::Allow => "ALLOW",
        Effect::Deny => "DENY",
    }
}

fn effect_named(name: &str) -> Option<Effect> {
    [Effect::Allow, Effect::Deny].into_iter().find(|effect| effect_name(*effect) == name)
}

fn reference(role: &str, text: &str) -> Result<EntityRef> {
    text.parse().map_err(|error: callboard_kit::EntityRefError| RoleStoreError::Unreadable {
        role: role.to_owned(),
        reason: error.to_string(),
    })
}
