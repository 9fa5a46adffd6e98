use callboard_kit::{EntityRef, Problem, Result};

use super::CatalogRequest;
use crate::index::{Follow, Graph, Walk};

/// How many steps a walk may take.
pub const MAX_DEPTH: i32 = 20;
/// How many nodes a graph may have.
pub const MAX_NODES: i32 = 2000;
/// How many entities a walk may begin at.
const MAX_ROOTS: usize = 100;
/// How many types or kinds may be named.
const MAX_NAMES: usize = 50;

/// How far to walk, as asked for.
#[derive(Clone, Debug)]
pub struct Extent {
    /// Only through and to these kinds.
    pub kinds: Option<Vec<String>>,
    /// How many steps.
    pub depth: i32,
    /// How many nodes.
    pub limit: i32,
}

impl Extent {
    fn walk(self, follow: Follow) -> Result<Walk> {
        let Self { kinds, depth, limit } = self;
        let within = |field: &str, value: i32, range: std::ops::RangeInclusive<i32>| {
            let message = || format!("`{field}` is from {} to {}", range.start(), range.end());
            let value = Some(value).filter(|value| range.contains(value));
            let value = value.and_then(|value| usize::try_from(value).ok());
            value.ok_or_else(|| Problem::bad_input(field, message()))
        };
        let (depth, limit) = (within("depth", depth, 0..=MAX_DEPTH)?, within("limit", limit, 1..=MAX_NODES)?);
        let few = |field: &str, names: Option<&Vec<String>>| match names {
            Some(names) if names.len() > MAX_NAMES => {
                Err(Problem::bad_input(field, format!("`{field}` takes {MAX_NAMES} at most")))
            }
            _ => Ok(()),
        };
        few("kinds", kinds.as_ref())?;
        if let Follow::Types(types, _) = &follow {
            few("relations", types.as_ref())?;
        }
        let kinds = kinds.map(|kinds| kinds.iter().map(|kind| kind.to_lowercase()).collect());
        Ok(Walk { follow, kinds, depth, limit })
    }
}

impl CatalogRequest {
    /// What lies around entities, as far as the viewer may see it: a target that is hidden looks like one that is not
    /// there, and what only leads through it is not found.
    pub async fn graph(&self, roots: &[EntityRef], follow: Follow, extent: Extent) -> Result<Graph> {
        let walk = extent.walk(follow)?;
        if roots.len() > MAX_ROOTS {
            return Err(Problem::bad_input("roots", format!("`roots` takes {MAX_ROOTS} references at most")));
        }
        self.prepare(None).await?;
        Ok(self.look(|index, visible| index.around(roots, &walk, visible)))
    }

    /// One of the shortest ways between two entities, whichever way its relations point. What is hidden is no way through.
    pub async fn path(
        &self,
        from: &EntityRef,
        to: &EntityRef,
        follow: Follow,
        kinds: Option<Vec<String>>,
    ) -> Result<Graph> {
        let walk = Extent { kinds, depth: MAX_DEPTH, limit: MAX_NODES }.walk(follow)?;
        self.prepare(None).await?;
        Ok(self.look(|index, visible| index.path(from, to, &walk, visible)))
    }
}
