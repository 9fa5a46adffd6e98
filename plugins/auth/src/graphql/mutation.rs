use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use callboard_kit::{Access, EntityRef, Problem, Result, ViewerContext, note_message, note_target};
use serde_json::Value;

use super::{graph, key_of, rules, token::AccessToken, viewer::ViewerNode};
use crate::{
    permissions::{SESSION_READ, SESSION_REVOKE},
    tokens::NewToken,
};

/// Which token to make.
#[derive(InputObject)]
pub(crate) struct CreateAccessTokenInput {
    /// What people call it, 100 characters at most.
    name: String,
    /// Whom it stands for: the viewer where it is not given. Others, `service:default/ci` for one, need the permission
    /// `auth.token.create`.
    subject: Option<EntityRef>,
    /// What it lets its subject do, `*` matching any run of characters. Services need it; a user's token that has none does
    /// what the user may do.
    permissions: Option<Vec<String>>,
    /// How long it is valid, e.g. `30d`, or `never` where the config allows that. Default: as in the config, 90 days.
    expires_in: Option<String>,
}

/// The token that was made.
#[derive(SimpleObject)]
pub(crate) struct CreateAccessTokenPayload {
    /// The token.
    access_token: AccessToken,
    /// Its secret, for `Authorization: Bearer`. It is told this once.
    secret: String,
}

/// Which token to revoke.
#[derive(InputObject)]
pub(crate) struct RevokeAccessTokenInput {
    /// Its id.
    id: ID,
}

/// The token that was revoked.
#[derive(SimpleObject)]
pub(crate) struct RevokeAccessTokenPayload {
    /// Its id.
    revoked_id: ID,
}

/// Which session to end.
#[derive(InputObject)]
pub(crate) struct RevokeSessionInput {
    /// Its id.
    id: ID,
}

/// The session that was ended.
#[derive(SimpleObject)]
pub(crate) struct RevokeSessionPayload {
    /// Its id.
    revoked_id: ID,
}

/// Whose sessions to end.
#[derive(InputObject)]
pub(crate) struct RevokeSessionsOfInput {
    /// The user.
    subject: EntityRef,
    /// Leaves the session that this request is part of.
    #[graphql(default)]
    except_current: bool,
}

/// The sessions that were ended.
#[derive(SimpleObject)]
pub(crate) struct RevokeSessionsOfPayload {
    /// How many.
    count: i32,
}

/// Which account to disconnect.
#[derive(InputObject)]
pub(crate) struct DisconnectAccountInput {
    /// The id of the provider.
    provider: String,
}

/// The account that was disconnected.
#[derive(SimpleObject)]
pub(crate) struct DisconnectAccountPayload {
    /// The id of the provider.
    provider: String,
}

/// What to set.
#[derive(InputObject)]
pub(crate) struct UpdateViewerSettingsInput {
    /// The key, 100 letters, digits and `-_./:` at most.
    key: String,
    /// The value, 64 kB at most; null removes it.
    value: Option<Value>,
}

/// The viewer with what was set.
#[derive(SimpleObject)]
pub(crate) struct UpdateViewerSettingsPayload {
    /// The viewer.
    viewer: ViewerNode,
}

/// What can be changed.
pub(crate) struct Mutation;

/// What can be changed.
#[Object]
impl Mutation {
    /// Makes an access token. One cannot give away more than one has: a token makes none that may do more or lasts
    /// longer than itself. Guests and tokens of other issuers make none.
    async fn create_access_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which token.")] input: CreateAccessTokenInput,
    ) -> Result<Option<CreateAccessTokenPayload>> {
        let CreateAccessTokenInput { name, subject, permissions, expires_in } = input;
        let tokens = &graph(ctx).tokens;
        let (stored, secret) =
            tokens.create(&rules(ctx), NewToken { name, subject, permissions, expires_in }).await?;
        let access_token = AccessToken::new(stored, tokens.clock.now());
        Ok(Some(CreateAccessTokenPayload { access_token, secret: secret.expose().to_owned() }))
    }

    /// Revokes an access token at once, and those that were made with it: one's own, or with the permission
    /// `auth.token.revoke` anyone's.
    async fn revoke_access_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which token.")] input: RevokeAccessTokenInput,
    ) -> Result<Option<RevokeAccessTokenPayload>> {
        graph(ctx).tokens.revoke(&rules(ctx), &key_of(&input.id, "AccessToken")).await?;
        Ok(Some(RevokeAccessTokenPayload { revoked_id: input.id }))
    }

    /// Ends a session at once: one's own, or with the permission `auth.session.revoke` anyone's.
    async fn revoke_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which session.")] input: RevokeSessionInput,
    ) -> Result<Option<RevokeSessionPayload>> {
        let sessions = &graph(ctx).sessions;
        let (key, absent) = (key_of(&input.id, "Session"), "there is no such session");
        note_target(&key);
        let session = sessions.lookup(&key).await?.ok_or_else(|| Problem::not_found(absent))?;
        rules(ctx).check_change(&session.subject, SESSION_REVOKE, SESSION_READ, absent).await?;
        note_message(format!("of {}", session.subject));
        sessions.end(&key).await?;
        Ok(Some(RevokeSessionPayload { revoked_id: input.id }))
    }

    /// Ends all sessions of a user at once: one's own, or with the permission `auth.session.revoke` anyone's.
    async fn revoke_sessions_of(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose sessions.")] input: RevokeSessionsOfInput,
    ) -> Result<Option<RevokeSessionsOfPayload>> {
        note_target(input.subject.as_str());
        let absent = "there are no such sessions";
        rules(ctx).check_change(&input.subject, SESSION_REVOKE, SESSION_READ, absent).await?;
        let current = match ctx.viewer().access() {
            Access::Session(id) if input.except_current => Some(&**id),
            _ => None,
        };
        let count = graph(ctx).sessions.end_all_of(&input.subject, current).await?;
        Ok(Some(RevokeSessionsOfPayload { count: i32::try_from(count).unwrap_or(i32::MAX) }))
    }

    /// Takes an account at another service back from the portal.
    async fn disconnect_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which account.")] input: DisconnectAccountInput,
    ) -> Result<Option<DisconnectAccountPayload>> {
        note_target(&input.provider);
        let rules = rules(ctx);
        let user = rules.own_user("disconnect accounts")?;
        if !graph(ctx).accounts.disconnect(user, &input.provider).await? {
            return Err(Problem::not_found("no such account is connected"));
        }
        Ok(Some(DisconnectAccountPayload { provider: input.provider }))
    }

    /// Sets something for the viewer itself, as `Viewer.settings` tells it again.
    async fn update_viewer_settings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to set.")] input: UpdateViewerSettingsInput,
    ) -> Result<Option<UpdateViewerSettingsPayload>> {
        let rules = rules(ctx);
        let user = rules.own_user("keep settings")?;
        graph(ctx).settings.set(user, &input.key, input.value.as_ref()).await?;
        Ok(ViewerNode::of(ctx.viewer()).map(|viewer| UpdateViewerSettingsPayload { viewer }))
    }
}
