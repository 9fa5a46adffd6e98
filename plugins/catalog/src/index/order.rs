use std::{cmp::Ordering, sync::Arc};

use callboard_kit::{Cursor, OrderDirection, Problem, Result};
use roaring::RoaringBitmap;
use uuid::Uuid;

use super::{EntityIndex, page::PageQuery};

/// An order with its paths looked up, as one viewer may see it.
#[derive(Debug)]
pub(super) struct Order<'a> {
    pub keys: Vec<OrderKey>,
    /// What the viewer may see: nobody is ordered by a relation that may not be told. `None` for everything.
    visible: Option<&'a RoaringBitmap>,
    /// The list that cursors are made for, beside the order.
    list: &'a str,
}

/// One key of an order; `None` where no entity has the path.
#[derive(Clone, Copy, Debug)]
pub(super) struct OrderKey {
    pub field: Option<u32>,
    pub direction: OrderDirection,
}

/// A place in an order: the values an entity is ordered by, and its uid.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub values: Vec<Option<Arc<str>>>,
    pub uid: Uuid,
}

impl Place {
    /// The place a client's cursor names; `BAD_USER_INPUT` where it was made for another list.
    pub fn read(argument: &str, cursor: &Cursor, order: &Order<'_>) -> Result<Self> {
        let foreign = || {
            let message = format!(
                "`{argument}` is not a cursor of this list: begin anew where the order, the filter or the text changes"
            );
            Problem::bad_input(argument, message)
        };
        let [values @ .., uid, list] = cursor.0.as_slice() else { return Err(foreign()) };
        if values.len() != order.keys.len() || list.as_deref() != Some(order.list) {
            return Err(foreign());
        }
        let uid = uid.as_deref().and_then(|uid| Uuid::parse_str(uid).ok()).ok_or_else(foreign)?;
        Ok(Self { values: values.iter().map(|value| value.as_deref().map(Arc::from)).collect(), uid })
    }

    pub fn cursor(&self, order: &Order<'_>) -> Cursor {
        let values = self.values.iter().map(|value| value.as_deref().map(str::to_owned));
        Cursor(values.chain([Some(self.uid.to_string()), Some(order.list.to_owned())]).collect())
    }
}

impl Order<'_> {
    /// Whether it begins with a relation of which not everything may be told.
    pub fn begins_in_secret(&self, index: &EntityIndex) -> bool {
        let first = self.keys.first().and_then(|key| key.field);
        self.visible.is_some()
            && first.is_some_and(|field| index.terms.field(field).path.starts_with("relations."))
    }

    /// Compares two places, or two entities by theirs.
    pub fn compare(&self, left: &Place, right: &Place) -> Ordering {
        for ((key, left), right) in self.keys.iter().zip(&left.values).zip(&right.values) {
            let ordering = key.compare(left.as_deref(), right.as_deref());
            if ordering != Ordering::Equal {
                return ordering;
            }
        }
        left.uid.cmp(&right.uid)
    }
}

impl OrderKey {
    /// Compares two values; an absent one comes last, whatever the direction.
    pub fn compare(self, left: Option<&str>, right: Option<&str>) -> Ordering {
        match (left, right) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (Some(left), Some(right)) => match self.direction {
                OrderDirection::Asc => left.cmp(right),
                OrderDirection::Desc => right.cmp(left),
            },
        }
    }
}

impl EntityIndex {
    pub(super) fn order<'a>(&self, query: &PageQuery<'a>) -> Order<'a> {
        let PageQuery { order: keys, visible, list, .. } = *query;
        let key = |field: &str, direction| OrderKey {
            field: self.terms.field_id(&field.to_lowercase()),
            direction,
        };
        let keys = if keys.is_empty() {
            vec![key("metadata.name", OrderDirection::Asc)]
        } else {
            keys.iter().map(|order| key(&order.field, order.direction)).collect()
        };
        Order { keys, visible, list }
    }

    /// Where an entity stands in an order, whose first value may be known already.
    pub(super) fn place(&self, order: &Order<'_>, slot: u32, first: Option<&Arc<str>>) -> Place {
        let value = |(position, key): (usize, &OrderKey)| match first {
            Some(first) if position == 0 => Some(Arc::clone(first)),
            _ => self.order_value(slot, key.field?, order).cloned(),
        };
        Place {
            values: order.keys.iter().enumerate().map(value).collect(),
            uid: self.slots[slot as usize].as_ref().map_or(Uuid::nil(), |entity| entity.uid),
        }
    }

    /// The value an entity is ordered by: the smallest it has in that field, as far as that may be told.
    pub(super) fn order_value(&self, slot: u32, field: u32, order: &Order<'_>) -> Option<&Arc<str>> {
        let entity = self.slots[slot as usize].as_ref()?;
        let own = entity.occurrences.iter().map(|occurrence| self.terms.term(occurrence.term()));
        let smallest = own.filter(|term| term.field == field).map(|term| &term.value).min();
        if smallest.is_some() || !self.terms.field(field).exists.contains(slot) {
            return smallest;
        }
        let relation_type = self.terms.field(field).path.strip_prefix("relations.")?;
        let edges = self.edges(slot, Some(relation_type)).iter();
        let told = edges.filter(|edge| self.discloses(slot, edge.relation_type, edge.target, order.visible));
        let targets = told.filter_map(|edge| {
            self.terms.find(field, self.references.name(edge.target).as_str()).map(|term| &term.value)
        });
        targets.min()
    }
}
