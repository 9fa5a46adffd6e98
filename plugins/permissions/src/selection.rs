use callboard_kit::{Decision, EntityFilter};

/// A set of resources of one type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Selection {
    Nothing,
    Some(Box<EntityFilter>),
    Everything,
}

impl Selection {
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Everything, _) | (_, Self::Everything) => Self::Everything,
            (Self::Nothing, selection) | (selection, Self::Nothing) => selection,
            (Self::Some(left), Self::Some(right)) => {
                let any_of = Some(vec![*left, *right]);
                Self::Some(Box::new(EntityFilter { any_of, ..EntityFilter::default() }))
            }
        }
    }

    pub fn without(self, denied: Self) -> Self {
        match (self, denied) {
            (Self::Nothing, _) | (_, Self::Everything) => Self::Nothing,
            (selection, Self::Nothing) => selection,
            (Self::Everything, Self::Some(denied)) => Self::Some(Box::new(not(denied))),
            (Self::Some(allowed), Self::Some(denied)) => Self::Some(Box::new(allowed.and(not(denied)))),
        }
    }
}

/// What several selections select together: one flat filter, whatever their number.
#[derive(Debug, Default)]
pub(crate) struct Union {
    is_everything: bool,
    filters: Vec<EntityFilter>,
}

impl Union {
    pub const fn is_everything(&self) -> bool {
        self.is_everything
    }

    pub fn add(&mut self, selection: Selection) {
        match selection {
            Selection::Nothing => {}
            Selection::Everything => self.is_everything = true,
            Selection::Some(filter) => self.filters.push(*filter),
        }
    }

    pub fn selection(mut self) -> Selection {
        if self.is_everything {
            return Selection::Everything;
        }
        match (self.filters.pop(), self.filters.is_empty()) {
            (None, _) => Selection::Nothing,
            (Some(only), true) => Selection::Some(Box::new(only)),
            (Some(last), false) => {
                self.filters.push(last);
                let any_of = Some(self.filters);
                Selection::Some(Box::new(EntityFilter { any_of, ..EntityFilter::default() }))
            }
        }
    }
}

fn not(filter: Box<EntityFilter>) -> EntityFilter {
    EntityFilter { not: Some(filter), ..EntityFilter::default() }
}

impl From<Selection> for Decision {
    fn from(selection: Selection) -> Self {
        match selection {
            Selection::Everything => Self::Allow,
            Selection::Nothing => Self::Deny,
            Selection::Some(filter) => Self::Conditional(filter),
        }
    }
}
