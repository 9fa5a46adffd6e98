use std::{collections::HashMap, sync::Arc};

use crate::{Reference, Rules};

/// Which location leads to a file, and which kinds may come from there.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The location's target, as an absolute path, folder or glob.
    pub target: String,
    /// Its rules.
    pub rules: Arc<Rules>,
}

/// Where the files that are checked come from, as far as that is known.
#[derive(Clone, Debug)]
pub struct Origins {
    rules: Arc<Rules>,
    known: HashMap<Reference, Origin>,
}

impl Default for Origins {
    /// Every kind may come from everywhere.
    fn default() -> Self {
        Self::new(Rules::allow_all().into())
    }
}

impl Origins {
    /// Files that no location is known to lead to are held to `rules`, each as a location of its own.
    pub fn new(rules: Arc<Rules>) -> Self {
        Self { rules, known: HashMap::new() }
    }

    /// Notes that a location leads to a file, unless one did before.
    pub fn note(&mut self, file: Reference, origin: &Origin) {
        self.known.entry(file).or_insert_with(|| origin.clone());
    }

    pub(super) fn of(&self, file: &Reference) -> Origin {
        self.known
            .get(file)
            .cloned()
            .unwrap_or_else(|| Origin { target: file.target(), rules: Arc::clone(&self.rules) })
    }
}
