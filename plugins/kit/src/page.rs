use async_graphql::SimpleObject;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::{Problem, Result};

/// How many a list gives when it is not told.
pub const DEFAULT_PAGE_SIZE: usize = 20;
/// The most a list gives.
pub const MAX_PAGE_SIZE: usize = 500;

/// Where a page lies in its list.
#[derive(Clone, Debug, Default, PartialEq, Eq, SimpleObject)]
#[graphql(shareable)]
pub struct PageInfo {
    /// Whether there are more after `endCursor`.
    pub has_next_page: bool,
    /// Whether there are more before `startCursor`.
    pub has_previous_page: bool,
    /// The cursor of the first edge; null on an empty page.
    pub start_cursor: Option<String>,
    /// The cursor of the last edge; null on an empty page.
    pub end_cursor: Option<String>,
}

/// The paging arguments of a connection as the client gave them.
#[derive(Clone, Debug, Default)]
pub struct PageArguments {
    /// How many from the start.
    pub first: Option<i32>,
    /// After this cursor.
    pub after: Option<String>,
    /// How many from the end.
    pub last: Option<i32>,
    /// Before this cursor.
    pub before: Option<String>,
    /// How many to pass over before the first, or after the last.
    pub offset: Option<i32>,
}

/// Checked paging arguments: how many, from which end, between which cursors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageBounds {
    /// How many at most; 0 asks for counts and facets only.
    pub size: usize,
    /// Whether the page is taken from the end.
    pub backward: bool,
    /// Only what comes after it.
    pub after: Option<Cursor>,
    /// Only what comes before it.
    pub before: Option<Cursor>,
    /// How many to pass over first, from the end that the page is taken from.
    pub offset: usize,
}

impl PageArguments {
    /// Arguments of a connection that pages forward only.
    pub fn forward(first: Option<i32>, after: Option<String>) -> Self {
        Self { first, after, ..Self::default() }
    }

    /// Checks the arguments; `BAD_USER_INPUT` names the one that is wrong.
    pub fn check(self) -> Result<PageBounds> {
        let (size, backward) = match (self.first, self.last) {
            (Some(_), Some(_)) => {
                return Err(Problem::bad_input("last", "give `first` or `last`, not both"));
            }
            (None, Some(last)) => (page_size("last", last)?, true),
            (first, None) => (first.map_or(Ok(DEFAULT_PAGE_SIZE), |first| page_size("first", first))?, false),
        };
        let after = self.after.map(|cursor| Cursor::decode("after", &cursor)).transpose()?;
        let before = self.before.map(|cursor| Cursor::decode("before", &cursor)).transpose()?;
        let offset = usize::try_from(self.offset.unwrap_or(0))
            .map_err(|_| Problem::bad_input("offset", "`offset` must not be negative"))?;
        Ok(PageBounds { size, backward, after, before, offset })
    }
}

fn page_size(field: &str, size: i32) -> Result<usize> {
    usize::try_from(size).ok().filter(|size| *size <= MAX_PAGE_SIZE).ok_or_else(|| {
        Problem::bad_input(field, format!("`{field}` must be from 0 to {MAX_PAGE_SIZE}, not {size}"))
    })
}

/// A place in an ordered list: the values it is ordered by, the last of them unique. Because it holds values and not
/// a position, it stays right while members come and go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(pub Vec<Option<String>>);

impl Cursor {
    /// The opaque text that clients hold.
    pub fn encode(&self) -> String {
        // Strings and nulls always serialize.
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(&self.0).unwrap_or_default())
    }

    /// Reads what `encode` wrote; `BAD_USER_INPUT` names the argument otherwise.
    pub fn decode(field: &str, text: &str) -> Result<Self> {
        URL_SAFE_NO_PAD
            .decode(text)
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .map(Self)
            .ok_or_else(|| Problem::bad_input(field, format!("`{field}` is not a cursor of this list")))
    }
}

/// A page of a list, with what is known about the whole.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The members, each with its cursor, in the order of the list.
    pub items: Vec<(String, T)>,
    /// Whether there are more after the last.
    pub has_next_page: bool,
    /// Whether there are more before the first.
    pub has_previous_page: bool,
    /// How many there are in all.
    pub total_count: usize,
}

impl<T> Page<T> {
    /// The page's `pageInfo`.
    pub fn info(&self) -> PageInfo {
        PageInfo {
            has_next_page: self.has_next_page,
            has_previous_page: self.has_previous_page,
            start_cursor: self.items.first().map(|(cursor, _)| cursor.clone()),
            end_cursor: self.items.last().map(|(cursor, _)| cursor.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Code;

    #[test]
    fn sizes_outside_the_range_are_bad_input() {
        for size in [-1, 501, i32::MAX, i32::MIN] {
            let problem = PageArguments::forward(Some(size), None).check().unwrap_err();
            assert_eq!((problem.code(), problem.field()), (Code::BadUserInput, Some("first")));
        }
        assert_eq!(PageArguments::forward(Some(0), None).check().unwrap().size, 0);
        assert_eq!(PageArguments::default().check().unwrap().size, DEFAULT_PAGE_SIZE);
    }

    #[test]
    fn nothing_before_the_start_can_be_asked_for() {
        for offset in [-1, i32::MIN] {
            let arguments = PageArguments { offset: Some(offset), ..PageArguments::default() };
            assert_eq!(arguments.check().unwrap_err().field(), Some("offset"));
        }
        assert_eq!(PageArguments::default().check().unwrap().offset, 0);
    }

    #[test]
    fn a_foreign_cursor_is_bad_input() {
        let problem = PageArguments::forward(None, Some("nonsense!".into())).check().unwrap_err();
        assert_eq!(problem.field(), Some("after"));
        let cursor = Cursor(vec![Some("a".into()), None]);
        assert_eq!(Cursor::decode("after", &cursor.encode()).unwrap(), cursor);
    }
}
