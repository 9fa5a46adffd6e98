use std::{collections::HashMap, sync::Arc};

use callboard_kit::{
    Batches, Code, Cursor, Decision, EntityRef, Page, PageArguments, Problem, RequestContext, Result,
    Subject, Viewer,
};

use super::{PermissionService, delegation::Right, explain::known};
use crate::{
    book::RoleBook,
    model::Role,
    permissions::{DELETE, READ, UPDATE},
};

/// The permission to see entities of the catalog, and their resource type.
pub(super) const ENTITY_READ: &str = "catalog.entity.read";
pub(super) const ENTITY: &str = "catalog-entity";

/// The roles as one request may see and change them.
pub(crate) struct PermissionRequest {
    pub(super) service: Arc<PermissionService>,
    pub(super) context: RequestContext,
    /// Whether the viewer has a permission on the entity with an id.
    covered: Batches<(String, String), bool>,
}

impl PermissionRequest {
    pub(super) fn new(service: Arc<PermissionService>, context: RequestContext) -> Self {
        Self { service, context, covered: Batches::default() }
    }

    pub fn viewer(&self) -> &Viewer {
        &self.context.viewer
    }

    pub const fn service(&self) -> &Arc<PermissionService> {
        &self.service
    }

    pub(super) fn right(&self, permission: &str) -> Right {
        self.right_by(&self.service.book(), permission)
    }

    /// The right by the roles that a change is checked against: it may have been taken while the change waited.
    pub(super) fn right_by(&self, book: &RoleBook, permission: &str) -> Right {
        Right(book.decide(self.viewer(), permission))
    }

    /// The right to change something under `permission`; `FORBIDDEN` where there is none at all.
    pub(super) fn require(&self, book: &RoleBook, permission: &str) -> Result<Right> {
        self.require_authenticated()?;
        let right = self.right_by(book, permission);
        if right.0.is_possible() { Ok(right) } else { Err(Problem::lacking(permission)) }
    }

    pub(super) fn require_authenticated(&self) -> Result<()> {
        match self.viewer().subject() {
            Subject::Anonymous => Err(Problem::new(Code::Unauthenticated, "sign in first")),
            Subject::User(_) | Subject::Service(_) => Ok(()),
        }
    }

    /// The right to see what `permission` is about; `None`, and an audit event, where there is none.
    pub(super) async fn may_look(&self, permission: &str, target: Option<&str>) -> Option<Right> {
        let right = self.right(permission);
        if matches!(right.0, Decision::Deny) {
            if self.viewer().is_authenticated() {
                self.context.record_denied(permission, target.map(str::to_owned)).await;
            }
            return None;
        }
        Some(right)
    }

    /// The roles that may be seen, by name; `None` where none may.
    pub async fn roles(&self, page: PageArguments) -> Result<Option<Page<Arc<Role>>>> {
        let bounds = page.check()?;
        let Some(right) = self.may_look(READ, None).await else { return Ok(None) };
        let book = self.service.book();
        let mut roles: Vec<&Arc<Role>> = book.roles().iter().filter(|role| right.covers(role)).collect();
        roles.sort_unstable_by(|left, right| left.name.cmp(&right.name));
        let total_count = roles.len();
        let after = bounds.after.map(|cursor| match cursor.0.as_slice() {
            [Some(name)] => Ok(name.clone()),
            _ => Err(Problem::bad_input("after", "`after` is not a cursor of this list")),
        });
        let after = after.transpose()?;
        let start = after.map_or(0, |after| roles.partition_point(|role| role.name <= after));
        let items: Vec<(String, Arc<Role>)> = roles[start..]
            .iter()
            .take(bounds.size)
            .map(|role| (Cursor(vec![Some(role.name.clone())]).encode(), Arc::clone(role)))
            .collect();
        let has_next_page = start + items.len() < total_count;
        Ok(Some(Page { items, has_next_page, has_previous_page: start > 0, total_count }))
    }

    /// The role of this name, if it is there and may be seen.
    pub async fn role(&self, name: &str) -> Option<Arc<Role>> {
        let right = self.may_look(READ, Some(name)).await?;
        self.service.book().find(name).filter(|role| right.covers(role)).cloned()
    }

    /// Whether the viewer has a permission: on the entity with this id, else on anything at all.
    pub async fn can(&self, permission: &str, id: Option<&str>) -> Result<bool> {
        let book = self.service.book();
        known(book.knowledge(), permission, "permission")?;
        let Some(id) = id else { return Ok(book.decide(self.viewer(), permission).is_possible()) };
        let key = (permission.to_owned(), id.to_owned());
        Ok(self.covered.load_one(&key, |keys| self.covering(keys)).await?.unwrap_or(false))
    }

    /// Decides a whole list's worth at once: each permission is weighed once, and looked up in the catalog once.
    async fn covering(&self, keys: Vec<(String, String)>) -> Result<HashMap<(String, String), bool>> {
        let mut asked: HashMap<String, Vec<String>> = HashMap::new();
        for (permission, id) in keys {
            asked.entry(permission).or_default().push(id);
        }
        let book = self.service.book();
        let mut covering = HashMap::new();
        for (permission, ids) in asked {
            let is_about_entities = book.knowledge().asked(&permission).resource_type == Some(ENTITY);
            let covered = match (book.decide(self.viewer(), &permission), self.service.services.catalog.get())
            {
                (Decision::Allow, _) => vec![true; ids.len()],
                (Decision::Conditional(filter), Some(catalog)) if is_about_entities => {
                    catalog.select(&ids, &filter).await?
                }
                (Decision::Conditional(_) | Decision::Deny, _) => vec![false; ids.len()],
            };
            covering.extend(ids.into_iter().zip(covered).map(|(id, is)| ((permission.clone(), id), is)));
        }
        Ok(covering)
    }

    /// The same for the entity at an address, which must be visible.
    pub async fn can_on(&self, permission: &str, resource: Option<&EntityRef>) -> Result<bool> {
        let Some(resource) = resource else { return self.can(permission, None).await };
        known(self.service.book().knowledge(), permission, "permission")?;
        let Some(catalog) = self.service.services.catalog.get() else { return Ok(false) };
        let Some(id) = catalog.id_of(resource).await? else { return Ok(false) };
        Ok(self.can(ENTITY_READ, Some(&id)).await? && self.can(permission, Some(&id)).await?)
    }

    /// Whether the viewer may change a role, and delete it.
    pub fn may_change(&self, role: &Role) -> (bool, bool) {
        let is_stored = role.source == crate::model::RoleSource::Database;
        (is_stored && self.right(UPDATE).covers(role), is_stored && self.right(DELETE).covers(role))
    }
}
