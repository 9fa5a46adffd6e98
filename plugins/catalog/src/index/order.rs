use std::{cmp::Ordering, sync::Arc};

use callboard_kit::{Cursor, EntityOrder, OrderDirection, Problem, Result};
use uuid::Uuid;

use super::EntityIndex;

/// An order with its paths looked up.
#[derive(Debug)]
pub(super) struct Order {
    pub keys: Vec<OrderKey>,
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
    /// The place a client's cursor names; `BAD_USER_INPUT` where it was made for another order.
    pub fn read(argument: &str, cursor: &Cursor, order: &Order) -> Result<Self> {
        let foreign = || Problem::bad_input(argument, format!("`{argument}` is not a cursor of this list"));
        let (uid, values) = cursor.0.split_last().ok_or_else(foreign)?;
        if values.len() != order.keys.len() {
            return Err(foreign());
        }
        let uid = uid.as_deref().and_then(|uid| Uuid::parse_str(uid).ok()).ok_or_else(foreign)?;
        Ok(Self { values: values.iter().map(|value| value.as_deref().map(Arc::from)).collect(), uid })
    }

    pub fn cursor(&self) -> Cursor {
        let values = self.values.iter().map(|value| value.as_deref().map(str::to_owned));
        Cursor(values.chain([Some(self.uid.to_string())]).collect())
    }
}

impl Order {
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
    pub(super) fn order(&self, keys: &[EntityOrder]) -> Order {
        let key = |field: &str, direction| OrderKey {
            field: self.terms.field_id(&field.to_lowercase()),
            direction,
        };
        if keys.is_empty() {
            return Order { keys: vec![key("metadata.name", OrderDirection::Asc)] };
        }
        Order { keys: keys.iter().map(|order| key(&order.field, order.direction)).collect() }
    }

    /// Where an entity stands in an order, whose first value may be known already.
    pub(super) fn place(&self, order: &Order, slot: u32, first: Option<&Arc<str>>) -> Place {
        let value = |(position, key): (usize, &OrderKey)| match first {
            Some(first) if position == 0 => Some(Arc::clone(first)),
            _ => self.order_value(slot, key.field?).cloned(),
        };
        Place {
            values: order.keys.iter().enumerate().map(value).collect(),
            uid: self.slots[slot as usize].as_ref().map_or(Uuid::nil(), |entity| entity.uid),
        }
    }

    /// The value an entity is ordered by: the smallest it has in that field.
    pub(super) fn order_value(&self, slot: u32, field: u32) -> Option<&Arc<str>> {
        let entity = self.slots[slot as usize].as_ref()?;
        let own = entity.occurrences.iter().map(|occurrence| self.terms.term(occurrence.term()));
        let smallest = own.filter(|term| term.field == field).map(|term| &term.value).min();
        if smallest.is_some() || !self.terms.field(field).exists.contains(slot) {
            return smallest;
        }
        let relation_type = self.terms.field(field).path.strip_prefix("relations.")?;
        let edges = self.edges(slot, Some(relation_type)).iter();
        let targets = edges.filter_map(|edge| {
            self.terms.find(field, self.references.name(edge.target).as_str()).map(|term| &term.value)
        });
        targets.min()
    }
}
