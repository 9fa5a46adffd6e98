use callboard_kit::{EntityFilter, EntityRef, FieldFilter};
use roaring::RoaringBitmap;
use uuid::Uuid;

use super::EntityIndex;

/// What a filter may refer to besides the entities: who looks.
#[derive(Clone, Copy, Debug, Default)]
pub struct FilterContext<'a> {
    /// The viewer and every group it belongs to.
    pub ownership: &'a [EntityRef],
    /// What the viewer starred.
    pub starred: &'a [EntityRef],
    /// What the viewer may see, for which relations may be told; `None` for everything.
    pub visible: Option<&'a RoaringBitmap>,
}

impl EntityIndex {
    /// The entities that a filter selects.
    pub fn select(&self, filter: &EntityFilter, context: FilterContext<'_>) -> RoaringBitmap {
        let mut selected: Option<RoaringBitmap> = None;
        let mut narrow = |set: RoaringBitmap| match &mut selected {
            Some(selected) => *selected &= set,
            none => *none = Some(set),
        };
        let lists = [
            (&filter.kind, "kind"),
            (&filter.namespace, "metadata.namespace"),
            (&filter.name, "metadata.name"),
            (&filter.type_, "spec.type"),
            (&filter.lifecycle, "spec.lifecycle"),
            (&filter.tags, "metadata.tags"),
        ];
        for (values, path) in lists {
            if let Some(values) = values {
                narrow(self.with_value(path, values.iter().map(String::as_str), context.visible));
            }
        }
        if let Some(owners) = &filter.owner {
            let owners = owners.iter().map(|owner| owner.0.as_str());
            narrow(self.with_value("relations.ownedby", owners, context.visible));
        }
        if let Some(wanted) = filter.owned_by_viewer {
            let owners = context.ownership.iter().map(EntityRef::as_str);
            let owned = self.with_value("relations.ownedby", owners, context.visible);
            narrow(self.whether(owned, wanted));
        }
        if let Some(wanted) = filter.starred_by_viewer {
            narrow(self.whether(self.with_reference(context.starred), wanted));
        }
        if let Some(wanted) = filter.orphan {
            narrow(self.whether(self.orphans.clone(), wanted));
        }
        if let Some(references) = &filter.reference {
            narrow(self.with_reference(references));
        }
        for field in filter.fields.iter().flatten() {
            narrow(self.with_field(field, context.visible));
        }
        for all in filter.all_of.iter().flatten() {
            narrow(self.select(all, context));
        }
        if filter.all_of.as_ref().is_some_and(Vec::is_empty) {
            narrow(RoaringBitmap::new());
        }
        if let Some(any) = &filter.any_of {
            let mut union = RoaringBitmap::new();
            for filter in any {
                union |= self.select(filter, context);
            }
            narrow(union);
        }
        if let Some(not) = &filter.not {
            narrow(&self.live - self.select(not, context));
        }
        selected.unwrap_or_else(|| self.live.clone())
    }

    fn whether(&self, set: RoaringBitmap, wanted: bool) -> RoaringBitmap {
        if wanted { set } else { &self.live - set }
    }

    fn with_reference(&self, references: &[EntityRef]) -> RoaringBitmap {
        references.iter().filter_map(|reference| self.slot_of(reference)).collect()
    }

    fn with_field(&self, condition: &FieldFilter, visible: Option<&RoaringBitmap>) -> RoaringBitmap {
        let mut selected = match &condition.values {
            Some(values) => self.with_value(&condition.field, values.iter().map(String::as_str), visible),
            None => self.live.clone(),
        };
        if let Some(exists) = condition.exists {
            selected &= self.whether(self.with_path(&condition.field, visible), exists);
        }
        selected
    }

    fn with_value<'a>(
        &self,
        path: &str,
        values: impl Iterator<Item = &'a str>,
        visible: Option<&RoaringBitmap>,
    ) -> RoaringBitmap {
        let path = path.to_lowercase();
        let field = self.terms.field_id(&path);
        let mut selected = RoaringBitmap::new();
        for value in values {
            let value = value.to_lowercase();
            if path == "metadata.uid" {
                selected.extend(Uuid::parse_str(&value).ok().and_then(|uid| self.slot_of_uid(uid)));
            }
            if let Some(term) = field.and_then(|field| self.terms.find(field, &value)) {
                let mut having = RoaringBitmap::new();
                term.add_to(&mut having);
                selected |= self.disclosed_value(&path, &value, having, visible);
            }
            if value == "true" {
                selected |= self.with_item(&path, visible);
            }
        }
        selected
    }

    fn with_path(&self, path: &str, visible: Option<&RoaringBitmap>) -> RoaringBitmap {
        let path = path.to_lowercase();
        if path == "metadata.uid" || path == "metadata.etag" {
            return self.live.clone();
        }
        let mut selected = RoaringBitmap::new();
        if let Some(field) = self.terms.field_id(&path) {
            let having = self.terms.field(field).exists.clone();
            selected |= self.disclosed_path(&path, having, visible);
        }
        selected |= self.with_item(&path, visible);
        if path == "relations" {
            for name in self.references.types() {
                selected |= self.with_path(&format!("relations.{}", name.to_lowercase()), visible);
            }
        }
        selected
    }

    /// The entities of which `list.item` is true: for every way to read a lower-cased path as a list and an item of it.
    pub(super) fn with_item(&self, path: &str, visible: Option<&RoaringBitmap>) -> RoaringBitmap {
        let mut selected = RoaringBitmap::new();
        for (dot, _) in path.match_indices('.') {
            let (list, item) = (&path[..dot], &path[dot + 1..]);
            let Some(field) = self.terms.field_id(list) else { continue };
            let Some(term) = self.terms.find(field, item).filter(|term| !term.items.is_empty()) else {
                continue;
            };
            let mut having = RoaringBitmap::new();
            term.items.add_to(&mut having);
            selected |= self.disclosed_value(list, item, having, visible);
        }
        selected
    }
}
