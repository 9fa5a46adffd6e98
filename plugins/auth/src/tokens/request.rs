//! What a new token may be.

use callboard_kit::{EntityRef, PermissionPattern, Problem, Result, Viewer, nearest};
use chrono::{DateTime, Utc};

use super::TokenService;
use crate::config::AccessTokenConfig;

/// How many permissions one token may name.
const MAX_PERMISSIONS: usize = 100;
/// How long a name may be.
const MAX_NAME: usize = 100;

/// A token to be made.
#[derive(Clone, Debug, Default)]
pub(crate) struct NewToken {
    pub name: String,
    /// For whom; whoever makes it where it is not given.
    pub subject: Option<EntityRef>,
    pub permissions: Option<Vec<String>>,
    /// How long it is valid, `30d` or `never`.
    pub expires_in: Option<String>,
}

impl NewToken {
    /// When it ends; `None` for never.
    pub(super) fn end(
        &self,
        config: &AccessTokenConfig,
        now: DateTime<Utc>,
        longest: Option<DateTime<Utc>>,
    ) -> Result<Option<DateTime<Utc>>> {
        let wrong = |message: String| Problem::bad_input("input.expiresIn", message);
        let lifetime = match self.expires_in.as_deref() {
            Some("never") if !config.allow_never => {
                return Err(wrong(
                    "tokens that never end are not allowed (`auth.accessTokens.allowNever`)".into(),
                ));
            }
            Some("never") => return Ok(longest),
            Some(text) => humantime::parse_duration(text)
                .map_err(|_| wrong(format!("`{text}` is not a duration such as `30d`, nor `never`")))?,
            None => config.default_lifetime.0.min(config.max_lifetime.0),
        };
        if lifetime > config.max_lifetime.0 {
            return Err(wrong(format!("it must be {} or less", config.max_lifetime)));
        }
        if lifetime.as_secs() < 1 {
            return Err(wrong("it must be a second or more".into()));
        }
        let lifetime = chrono::Duration::from_std(lifetime).map_err(|_| wrong("it is too long".into()))?;
        let end = now.checked_add_signed(lifetime).ok_or_else(|| wrong("it is too long".into()))?;
        Ok(Some(longest.map_or(end, |longest| longest.min(end))))
    }
}

impl TokenService {
    /// The permissions of a token that a viewer makes: those that were asked for, and never more than its own token has.
    pub(super) fn permissions_of(
        &self,
        viewer: &Viewer,
        subject: &EntityRef,
        new: &NewToken,
    ) -> Result<Option<Vec<PermissionPattern>>> {
        let own = viewer.token_permissions();
        let asked = match (self.parsed(new)?, own) {
            (None, Some(own)) => Some(own.to_vec()),
            (asked, _) => asked,
        };
        if let (Some(asked), Some(own)) = (&asked, own) {
            for (index, pattern) in asked.iter().enumerate() {
                // A pattern that matches another one's text, stars and all, matches all that the other one does.
                if !own.iter().any(|known| known.matches(pattern.as_str())) {
                    let message =
                        format!("`{}` is more than the token that you are using allows", pattern.as_str());
                    return Err(Problem::bad_input(format!("input.permissions.{index}"), message));
                }
            }
        }
        check_subject(subject, asked.as_deref())?;
        Ok(asked)
    }

    /// The permissions of a token that nobody's own limits.
    pub(super) fn checked(
        &self,
        subject: &EntityRef,
        new: &NewToken,
    ) -> Result<Option<Vec<PermissionPattern>>> {
        let asked = self.parsed(new)?;
        check_subject(subject, asked.as_deref())?;
        Ok(asked)
    }

    fn parsed(&self, new: &NewToken) -> Result<Option<Vec<PermissionPattern>>> {
        let Some(asked) = &new.permissions else { return Ok(None) };
        if asked.len() > MAX_PERMISSIONS {
            return Err(Problem::bad_input("input.permissions", format!("name {MAX_PERMISSIONS} at most")));
        }
        let names = || self.known_permissions.iter().map(|known| known.name);
        let mut patterns = Vec::with_capacity(asked.len());
        for (index, text) in asked.iter().enumerate() {
            let pattern = PermissionPattern::new(text.as_str());
            if text.len() > MAX_NAME || !names().any(|name| pattern.matches(name)) {
                let near = nearest(text, names()).map(|near| format!(", did you mean `{near}`?"));
                let shown: String = text.chars().take(MAX_NAME).collect();
                let message = format!("there is no permission `{shown}`{}", near.unwrap_or_default());
                return Err(Problem::bad_input(format!("input.permissions.{index}"), message));
            }
            patterns.push(pattern);
        }
        Ok(Some(patterns))
    }
}

fn check_subject(subject: &EntityRef, permissions: Option<&[PermissionPattern]>) -> Result<()> {
    match subject.kind() {
        "service" if permissions.is_none_or(<[_]>::is_empty) => Err(Problem::bad_input(
            "input.permissions",
            "name what the service may do: it may do nothing else",
        )),
        "service" | "user" => Ok(()),
        _ => {
            Err(Problem::bad_input("input.subject", format!("must be a user or a service, not `{subject}`")))
        }
    }
}

pub(super) fn check_name(name: &str) -> Result<String> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > MAX_NAME || name.chars().any(char::is_control) {
        return Err(Problem::bad_input(
            "input.name",
            format!("give a name of {MAX_NAME} characters at most"),
        ));
    }
    Ok(name.to_owned())
}
