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
