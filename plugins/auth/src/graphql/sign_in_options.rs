use async_graphql::SimpleObject;

use super::Graph;

/// How people can come in.
#[derive(SimpleObject)]
pub(crate) struct SignInOptions {
    /// Where they can sign in, in the order of the config.
    providers: Vec<SignInProvider>,
    /// Whether one can come in without.
    guest: bool,
}

/// One place to sign in.
#[derive(SimpleObject)]
pub(crate) struct SignInProvider {
    /// Its id.
    id: String,
    /// What people read on the button.
    title: String,
    /// The name of its icon.
    icon: String,
    /// The path that the browser goes to. `returnTo`, a path of the portal, and `flow`, which is `redirect` or `popup`, can
    /// be added.
    start_url: String,
}

impl SignInOptions {
    pub(super) fn new(graph: &Graph) -> Self {
        let usable =
            graph.providers.values().filter(|provider| !provider.config.sign_in.resolvers.is_empty());
        let providers = usable.map(|provider| SignInProvider {
            title: provider.title().to_owned(),
            icon: provider.config.icon.clone().unwrap_or_else(|| provider.kind.name()),
            start_url: format!("/auth/{}/start", provider.id),
            id: provider.id.clone(),
        });
        Self { providers: providers.collect(), guest: graph.guest }
    }
}
