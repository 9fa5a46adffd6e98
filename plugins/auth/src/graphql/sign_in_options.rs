use async_graphql::SimpleObject;

use super::Graph;
use crate::providers::Provider;

/// How people can come in.
#[derive(SimpleObject)]
pub(crate) struct SignInOptions {
    /// Where they can sign in, in the order of the config.
    providers: Vec<SignInProvider>,
    /// Where somebody who is signed in can connect an account that the portal may use for them, in the order of the
    /// config.
    connectable: Vec<SignInProvider>,
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
    /// The path that the browser goes to, to sign in. To connect an account a script of the portal posts to it, with the
    /// header `x-callboard-csrf: 1`, and goes to the `redirectTo` that is answered. `returnTo`, a path of the portal, and
    /// `flow`, which is `redirect` or `popup`, can be added.
    start_url: String,
}

impl SignInOptions {
    pub(super) fn new(graph: &Graph) -> Self {
        let known = || graph.providers.values();
        let usable = known().filter(|provider| !provider.config.sign_in.resolvers.is_empty());
        // A proxy signs in and lends nothing.
        let lending = known().filter(|provider| provider.proxy().is_none());
        Self {
            providers: usable.map(|provider| SignInProvider::new(provider, "start")).collect(),
            connectable: lending.map(|provider| SignInProvider::new(provider, "connect")).collect(),
            guest: graph.guest,
        }
    }
}

impl SignInProvider {
    fn new(provider: &Provider, step: &str) -> Self {
        Self {
            title: provider.title().to_owned(),
            icon: provider.config.icon.clone().unwrap_or_else(|| provider.kind.name()),
            start_url: format!("/auth/{}/{step}", provider.id),
            id: provider.id.clone(),
        }
    }
}
