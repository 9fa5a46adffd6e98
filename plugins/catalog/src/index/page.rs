use std::{cmp::Ordering, ops::Bound, sync::Arc};

use callboard_kit::{EntityOrder, OrderDirection, PageBounds, Result};
use roaring::RoaringBitmap;

use super::{
    EntityIndex, IndexedEntity,
    order::{Order, Place},
};

/// A page of a selection, without bodies.
#[derive(Clone, Debug, Default)]
pub struct IndexPage {
    /// The members, each with its cursor, in order.
    pub items: Vec<(String, IndexedEntity)>,
    /// Whether there are more after the last.
    pub has_next_page: bool,
    /// Whether there are more before the first.
    pub has_previous_page: bool,
}

/// Which page of a selection, and for whom.
#[derive(Clone, Copy, Debug)]
pub struct PageQuery<'a> {
    /// The order; by name where it is empty.
    pub order: &'a [EntityOrder],
    /// Which page.
    pub bounds: &'a PageBounds,
    /// What the viewer may see, for which relations may be told; `None` for everything.
    pub visible: Option<&'a RoaringBitmap>,
    /// Stands for the list. A cursor is good for the list that it was made for, and for no other.
    pub list: &'a str,
}

/// How members are found; both ways give the same page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Strategy {
    /// Place every selected entity: quick for few.
    Collect,
    /// Walk the values of the first key in order: quick for many.
    Walk,
}

/// A stretch of a list to look at, in one direction.
struct Stretch<'a> {
    backward: bool,
    after: Option<&'a Place>,
    before: Option<&'a Place>,
    /// How many to pass over.
    skip: usize,
    take: usize,
}

/// What was found of a stretch so far.
struct Found {
    places: Vec<(Place, u32)>,
    /// How many are still to be passed over; nothing is kept before.
    skip: usize,
    take: usize,
}

impl Found {
    fn nothing_of(stretch: &Stretch<'_>) -> Self {
        Self { places: Vec::new(), skip: stretch.skip, take: stretch.take }
    }

    /// How many more to look for.
    fn wanted(&self) -> usize {
        self.skip + self.take.saturating_sub(self.places.len())
    }

    fn add(&mut self, mut group: Vec<(Place, u32)>) {
        let passed = self.skip.min(group.len());
        self.skip -= passed;
        self.places.extend(group.drain(passed..));
    }
}

impl EntityIndex {
    /// A page of the selected entities.
    pub fn page(&self, selection: &RoaringBitmap, query: &PageQuery<'_>) -> Result<IndexPage> {
        let order = self.order(query);
        let strategy = if order.begins_in_secret(self) {
            // The values that are walked are those of everyone.
            Strategy::Collect
        } else {
            self.strategy(selection, query.bounds.size + query.bounds.offset)
        };
        self.page_by(strategy, selection, &order, query.bounds)
    }

    /// Walking finds a member every `all / selected` steps; placing looks at each selected entity.
    fn strategy(&self, selection: &RoaringBitmap, wanted: usize) -> Strategy {
        let (all, selected) = (self.live.len(), selection.len());
        if selected.saturating_mul(selected) < all.saturating_mul(wanted as u64 + 1) / 4 {
            Strategy::Collect
        } else {
            Strategy::Walk
        }
    }

    fn page_by(
        &self,
        strategy: Strategy,
        selection: &RoaringBitmap,
        order: &Order<'_>,
        bounds: &PageBounds,
    ) -> Result<IndexPage> {
        let read = |argument, cursor| Place::read(argument, cursor, order);
        let after = bounds.after.as_ref().map(|cursor| read("after", cursor)).transpose()?;
        let before = bounds.before.as_ref().map(|cursor| read("before", cursor)).transpose()?;
        let find = |stretch: &Stretch<'_>| match strategy {
            Strategy::Collect => self.collect(selection, order, stretch),
            Strategy::Walk => self.walk(selection, order, stretch),
        };
        let mut found = find(&Stretch {
            backward: bounds.backward,
            after: after.as_ref(),
            before: before.as_ref(),
            skip: bounds.offset,
            take: bounds.size + 1,
        });
        let more = found.len() > bounds.size;
        found.truncate(bounds.size);
        if bounds.backward {
            found.reverse();
        }
        // What lies beyond the other end of the page: one look from its edge, or from the cursor of an empty page.
        let beyond = |backward: bool, edge: Option<&Place>| {
            edge.is_some_and(|edge| {
                let (after, before) = if backward { (None, Some(edge)) } else { (Some(edge), None) };
                !find(&Stretch { backward, after, before, skip: 0, take: 1 }).is_empty()
            })
        };
        let (has_next_page, has_previous_page) = if bounds.backward {
            let last = found.last().map(|(place, _)| place).or(before.as_ref());
            ((before.is_some() || bounds.offset > 0) && beyond(false, last), more)
        } else {
            let first = found.first().map(|(place, _)| place).or(after.as_ref());
            (more, (after.is_some() || bounds.offset > 0) && beyond(true, first))
        };
        let items = found
            .into_iter()
            .filter_map(|(place, slot)| Some((place.cursor(order).encode(), self.get(slot)?)))
            .collect();
        Ok(IndexPage { items, has_next_page, has_previous_page })
    }

    fn collect(
        &self,
        selection: &RoaringBitmap,
        order: &Order<'_>,
        stretch: &Stretch<'_>,
    ) -> Vec<(Place, u32)> {
        let mut found = Found::nothing_of(stretch);
        self.add_group(None, selection.iter(), order, stretch, &mut found);
        found.places
    }

    fn walk(&self, selection: &RoaringBitmap, order: &Order<'_>, stretch: &Stretch<'_>) -> Vec<(Place, u32)> {
        let mut found = Found::nothing_of(stretch);
        let Some(first) = order.keys.first() else { return Vec::new() };
        let Some(field) = first.field else { return self.collect(selection, order, stretch) };
        let absent = |found: &mut Found| {
            let without = selection - &self.terms.field(field).exists;
            let mut slots: Vec<u32> = without.iter().collect();
            // Paths that are there without a comparable value count as absent.
            slots.extend(self.valueless(selection, field, order));
            self.add_group(None, slots.into_iter(), order, stretch, found);
        };
        let (start, end) =
            if stretch.backward { (stretch.before, stretch.after) } else { (stretch.after, stretch.before) };
        let value_of = |place: Option<&Place>| place.map(|place| place.values.first().cloned().flatten());
        // A walk that starts among the absent has no values left ahead; one that comes from there has all.
        let (start, end) = (value_of(start), value_of(end));
        if stretch.backward && !matches!(start, Some(Some(_))) {
            absent(&mut found);
        }
        if matches!(start, Some(None)) && !stretch.backward {
            absent(&mut found);
            return found.places;
        }
        let descending = (first.direction == OrderDirection::Desc) != stretch.backward;
        let start = start.flatten();
        let mut members = Vec::new();
        let mut visit = |value: &Arc<str>, term: u32, found: &mut Found| {
            if found.wanted() == 0 {
                return false;
            }
            if let Some(Some(end)) = &end {
                let beyond = if descending { value < end } else { value > end };
                if beyond {
                    return false;
                }
            }
            members.clear();
            self.terms.term(term).selected(selection, &mut members);
            if self.terms.field(field).is_multiple {
                members.retain(|slot| self.order_value(*slot, field, order) == Some(value));
            }
            // Between the ends all of them count, so those that are passed over need no place.
            let is_between =
                start.as_ref() != Some(value) && end.as_ref().is_none_or(|end| end.as_ref() != Some(value));
            if is_between && members.len() <= found.skip {
                found.skip -= members.len();
            } else if !members.is_empty() {
                self.add_group(Some(value), members.iter().copied(), order, stretch, found);
            }
            true
        };
        let sorted = self.terms.sorted(field);
        let bound = start.as_ref().map_or(Bound::Unbounded, Bound::Included);
        if descending {
            let range = sorted.range::<Arc<str>, _>((Bound::Unbounded, bound));
            let _ = range.rev().all(|(value, term)| visit(value, *term, &mut found));
        } else {
            let range = sorted.range::<Arc<str>, _>((bound, Bound::Unbounded));
            let _ = range.into_iter().all(|(value, term)| visit(value, *term, &mut found));
        }
        if !stretch.backward && found.wanted() > 0 && !matches!(end, Some(Some(_))) {
            absent(&mut found);
        }
        found.places
    }

    fn valueless(&self, selection: &RoaringBitmap, field: u32, order: &Order<'_>) -> Vec<u32> {
        let bare = selection & &self.terms.field(field).bare;
        bare.iter().filter(|slot| self.order_value(*slot, field, order).is_none()).collect()
    }

    /// Adds the members of a group that lie in the stretch, in its direction, as far as they are still wanted.
    fn add_group(
        &self,
        first: Option<&Arc<str>>,
        slots: impl Iterator<Item = u32>,
        order: &Order<'_>,
        stretch: &Stretch<'_>,
        found: &mut Found,
    ) {
        let wanted = found.wanted();
        if wanted == 0 {
            return;
        }
        let lies_within = |place: &Place| {
            stretch.after.is_none_or(|after| order.compare(place, after) == Ordering::Greater)
                && stretch.before.is_none_or(|before| order.compare(place, before) == Ordering::Less)
        };
        let mut group: Vec<(Place, u32)> = slots
            .map(|slot| (self.place(order, slot, first), slot))
            .filter(|(place, _)| lies_within(place))
            .collect();
        let compare = |left: &(Place, u32), right: &(Place, u32)| {
            let ordering = order.compare(&left.0, &right.0);
            if stretch.backward { ordering.reverse() } else { ordering }
        };
        if group.len() > wanted {
            group.select_nth_unstable_by(wanted - 1, compare);
            group.truncate(wanted);
        }
        group.sort_unstable_by(compare);
        found.add(group);
    }
}
