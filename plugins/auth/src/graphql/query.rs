use async_graphql::{Context, ID, Object};
use callboard_kit::{Cursor, EntityRef, Page, PageArguments, PageBounds, Result, ViewerContext};

use super::{
    graph, key_of, rules,
    session::{Session, SessionConnection},
    sign_in_options::SignInOptions,
    token::{AccessToken, AccessTokenConnection},
    viewer::ViewerNode,
};
use crate::permissions::{SESSION_READ, TOKEN_READ};

/// The roots of the auth plugin.
pub(crate) struct Query;

#[Object]
impl Query {
    /// Who asks; null without credentials.
    async fn viewer(&self, ctx: &Context<'_>) -> Option<ViewerNode> {
        ViewerNode::of(ctx.viewer())
    }

    /// How people can sign in; told to everyone, without credentials too.
    async fn sign_in_options(&self, ctx: &Context<'_>) -> Option<SignInOptions> {
        Some(SignInOptions::new(graph(ctx)))
    }

    /// Who is signed in, the newest first; null without the permission `auth.session.read`.
    async fn sessions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those of this user.")] subject: Option<EntityRef>,
        #[graphql(desc = "How many at most, 20 by default.")] first: Option<i32>,
        #[graphql(desc = "Those after this cursor.")] after: Option<String>,
    ) -> Result<Option<SessionConnection>> {
        if !rules(ctx).has(SESSION_READ).await {
            return Ok(None);
        }
        let bounds = PageArguments::forward(first, after).check()?;
        let sessions = &graph(ctx).sessions;
        let found = sessions.list(subject.as_ref(), after_of(&bounds), more_than(&bounds)).await?;
        let page = page(found, &bounds, |stored| stored.id.clone());
        Ok(Some(SessionConnection(map(page, |stored| Session::new(stored, sessions, ctx.viewer())))))
    }

    /// All access tokens, the newest first; null without the permission `auth.token.read`.
    async fn access_tokens(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those of this user or service.")] subject: Option<EntityRef>,
        #[graphql(desc = "How many at most, 20 by default.")] first: Option<i32>,
        #[graphql(desc = "Those after this cursor.")] after: Option<String>,
    ) -> Result<Option<AccessTokenConnection>> {
        if !rules(ctx).has(TOKEN_READ).await {
            return Ok(None);
        }
        let bounds = PageArguments::forward(first, after).check()?;
        let tokens = &graph(ctx).tokens;
        let found = tokens.list(subject.as_ref(), after_of(&bounds), more_than(&bounds)).await?;
        let (page, now) = (page(found, &bounds, |stored| stored.id.clone()), tokens.clock.now());
        Ok(Some(AccessTokenConnection(map(page, |stored| AccessToken::new(stored, now)))))
    }

    #[graphql(entity)]
    async fn find_session_by_id(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Session>> {
        let sessions = &graph(ctx).sessions;
        let Some(stored) = sessions.lookup(&key_of(&id, "Session")).await? else { return Ok(None) };
        let may_read = rules(ctx).may_read(&stored.subject, SESSION_READ).await;
        Ok(may_read.then(|| Session::new(stored, sessions, ctx.viewer())))
    }

    #[graphql(entity)]
    async fn find_access_token_by_id(&self, ctx: &Context<'_>, id: ID) -> Result<Option<AccessToken>> {
        let tokens = &graph(ctx).tokens;
        let found = tokens.lookup(&rules(ctx), &key_of(&id, "AccessToken")).await?;
        Ok(found.map(|stored| AccessToken::new(stored, tokens.clock.now())))
    }
}

fn after_of(bounds: &PageBounds) -> Option<&str> {
    bounds.after.as_ref().and_then(|Cursor(values)| values.first()?.as_deref())
}

/// One more than the page holds, to know whether there is another one.
fn more_than(bounds: &PageBounds) -> u64 {
    bounds.size as u64 + 1
}

fn page<T>(mut found: Vec<T>, bounds: &PageBounds, key: impl Fn(&T) -> String) -> Page<T> {
    let has_next_page = found.len() > bounds.size;
    found.truncate(bounds.size);
    let items: Vec<_> =
        found.into_iter().map(|item| (Cursor(vec![Some(key(&item))]).encode(), item)).collect();
    let total_count = items.len();
    Page { items, has_next_page, has_previous_page: bounds.after.is_some(), total_count }
}

fn map<T, U>(page: Page<T>, each: impl Fn(T) -> U) -> Page<U> {
    Page {
        items: page.items.into_iter().map(|(cursor, item)| (cursor, each(item))).collect(),
        has_next_page: page.has_next_page,
        has_previous_page: page.has_previous_page,
        total_count: page.total_count,
    }
}
