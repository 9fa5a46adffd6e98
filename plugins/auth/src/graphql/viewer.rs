use async_graphql::{Context, Enum, Object};
use callboard_kit::{Access, EntityRef, MAX_PAGE_SIZE, Result, Viewer};
use serde_json::Value;

use super::{account::ConnectedAccount, graph, rules, session::Session, token::AccessToken};
use crate::{
    access::is_guest,
    authenticator::STATIC_TOKEN,
    permissions::{SESSION_READ, TOKEN_READ},
};

/// Who asks.
pub(crate) struct ViewerNode {
    viewer: Viewer,
    reference: EntityRef,
}

impl ViewerNode {
    pub(super) fn of(viewer: &Viewer) -> Option<Self> {
        let reference = viewer.reference()?.clone();
        Some(Self { viewer: viewer.clone(), reference })
    }
}

/// How somebody came in.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum ViewerAccess {
    /// By a session, after signing in.
    Session,
    /// By an access token.
    Token,
    /// Without credentials.
    Guest,
    /// By a token of another issuer.
    External,
    /// By a token of the config.
    StaticToken,
}

impl ViewerAccess {
    fn of(access: &Access) -> Self {
        match access {
            Access::None => Self::Guest,
            Access::Session(_) => Self::Session,
            Access::Token { id, .. } if id.starts_with(STATIC_TOKEN) => Self::StaticToken,
            Access::Token { .. } | Access::Operator => Self::Token,
            Access::External(_) => Self::External,
        }
    }
}

#[Object(name = "Viewer", unresolvable = "ref")]
impl ViewerNode {
    /// The reference of the user or the service; `user:default/guest` for a guest.
    #[graphql(name = "ref")]
    async fn reference(&self) -> &EntityRef {
        &self.reference
    }

    /// The title or name as the catalog has it, else the name in the reference.
    async fn display_name(&self, ctx: &Context<'_>) -> Result<String> {
        let known = match graph(ctx).services.catalog.get() {
            Some(catalog) => catalog.display_name(&self.reference).await?,
            None => None,
        };
        Ok(known.unwrap_or_else(|| self.reference.name().to_owned()))
    }

    /// The viewer itself and every group it belongs to, through parents too.
    async fn ownership_refs(&self) -> Vec<EntityRef> {
        self.viewer.ownership_refs().to_vec()
    }

    /// Whether it acts as a user without having shown any credentials.
    async fn is_guest(&self) -> bool {
        is_guest(&self.viewer)
    }

    /// How it came in.
    async fn access(&self) -> ViewerAccess {
        ViewerAccess::of(self.viewer.access())
    }

    /// Where it is signed in, the newest first.
    async fn sessions(&self, ctx: &Context<'_>) -> Result<Vec<Session>> {
        if !rules(ctx).owns(&self.reference, SESSION_READ) {
            return Ok(Vec::new());
        }
        let sessions = &graph(ctx).sessions;
        let found = sessions.list(Some(&self.reference), None, MAX_PAGE_SIZE as u64).await?;
        Ok(found.into_iter().map(|stored| Session::new(stored, sessions, &self.viewer)).collect())
    }

    /// Its access tokens, the newest first.
    async fn access_tokens(&self, ctx: &Context<'_>) -> Result<Vec<AccessToken>> {
        if !rules(ctx).owns(&self.reference, TOKEN_READ) {
            return Ok(Vec::new());
        }
        let tokens = &graph(ctx).tokens;
        let (found, now) =
            (tokens.list(Some(&self.reference), None, MAX_PAGE_SIZE as u64).await?, tokens.clock.now());
        Ok(found.into_iter().map(|stored| AccessToken::new(stored, now)).collect())
    }

    /// Its accounts at other services that the portal may use.
    async fn connected_accounts(&self, ctx: &Context<'_>) -> Result<Vec<ConnectedAccount>> {
        let graph = graph(ctx);
        let Ok(user) = rules(ctx).own_user("see accounts").cloned() else { return Ok(Vec::new()) };
        let found = graph.accounts.list(&user).await?;
        Ok(found.into_iter().map(|stored| ConnectedAccount::new(stored, &graph.providers)).collect())
    }

    /// What it has set under a key; null for nothing.
    async fn settings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The key, e.g. `home.layout`.")] key: String,
    ) -> Result<Option<Value>> {
        let Ok(user) = rules(ctx).own_user("see settings").cloned() else { return Ok(None) };
        graph(ctx).settings.get(&user, &key).await
    }
}
