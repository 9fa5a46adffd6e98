//! Which user of the catalog an account of a provider is.

use callboard_kit::EntityRef;

use super::SignInError;
use crate::{
    config::{ProviderConfig, ProviderType, ResolverConfig, ResolverName},
    people::{Found, People},
    providers::{ExternalIdentity, Provider},
};

/// Who somebody is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Resolved {
    pub user: EntityRef,
    pub in_catalog: bool,
}

/// Tries the resolvers in order.
pub(crate) async fn resolve(
    people: &People,
    provider: &Provider,
    identity: &ExternalIdentity,
) -> Result<Resolved, SignInError> {
    let resolvers = &provider.config.sign_in.resolvers;
    if resolvers.is_empty() {
        return Err(SignInError::NoResolvers);
    }
    let email = email_of(&provider.config, identity);
    for resolver in resolvers {
        if !is_domain_allowed(resolver, email) {
            continue;
        }
        let Some((found, name)) = find(people, provider.kind, resolver, identity, email).await? else {
            continue;
        };
        match found {
            Found::One(user) if is_reserved(&user) => {}
            Found::One(user) => return Ok(Resolved { user, in_catalog: true }),
            Found::Several => return Err(SignInError::Ambiguous),
            Found::Nobody if resolver.dangerously_allow_sign_in_without_user_in_catalog => {
                if let Some(user) = name.and_then(|name| EntityRef::new("user", "default", &name).ok())
                    && !is_reserved(&user)
                {
                    return Ok(Resolved { user, in_catalog: false });
                }
            }
            Found::Nobody => {}
        }
    }
    let wanted_email = resolvers.iter().any(|resolver| resolver.resolver.needs_email());
    Err(if wanted_email && identity.email.is_some() && !identity.email_verified && email.is_none() {
        SignInError::UnverifiedEmail
    } else {
        SignInError::NoUser
    })
}

/// What one resolver finds, and the name it looked for; `None` where the account lacks what it needs.
async fn find(
    people: &People,
    kind: ProviderType,
    resolver: &ResolverConfig,
    identity: &ExternalIdentity,
    email: Option<&str>,
) -> Result<Option<(Found, Option<String>)>, SignInError> {
    let local = email.and_then(|email| email.rsplit_once('@')).map(|(local, _)| local.to_owned());
    Ok(match resolver.resolver {
        ResolverName::EmailMatchingUserEntityProfileEmail => match email {
            Some(email) => Some((people.by_email(email).await?, local)),
            None => None,
        },
        ResolverName::EmailLocalPartMatchingUserEntityName => match local {
            Some(local) => Some((people.by_name(&local).await?, Some(local))),
            None => None,
        },
        ResolverName::PreferredUsernameMatchingUserEntityName
        | ResolverName::UsernameMatchingUserEntityName => match &identity.username {
            Some(name) => Some((people.by_name(name).await?, Some(name.clone()))),
            None => None,
        },
        ResolverName::UserIdMatchingUserEntityAnnotation => {
            let annotation = resolver.annotation.as_deref().unwrap_or_else(|| default_annotation(kind));
            Some((people.by_annotation(annotation, &identity.user_id).await?, None))
        }
    })
}

const fn default_annotation(kind: ProviderType) -> &'static str {
    match kind {
        ProviderType::Github => "github.com/user-id",
        ProviderType::Gitlab => "gitlab.com/user-id",
        ProviderType::Google | ProviderType::GcpIap => "google.com/user-id",
        ProviderType::Microsoft => "graph.microsoft.com/user-id",
        _ => "openid.net/subject",
    }
}

/// The e-mail address, where it counts.
fn email_of<'a>(config: &ProviderConfig, identity: &'a ExternalIdentity) -> Option<&'a str> {
    let email = identity.email.as_deref()?;
    let (local, domain) = email.rsplit_once('@')?;
    let is_sane = !local.is_empty() && !domain.is_empty() && !local.contains('@');
    (is_sane && (identity.email_verified || config.accept_unverified_email)).then_some(email)
}

fn is_domain_allowed(resolver: &ResolverConfig, email: Option<&str>) -> bool {
    let Some(allowed) = &resolver.allowed_domains else { return true };
    let domain = email.and_then(|email| email.rsplit_once('@')).map(|(_, domain)| domain);
    domain.is_some_and(|domain| allowed.iter().any(|known| known.eq_ignore_ascii_case(domain)))
}

/// Nobody signs in as the guest, whose requests need no credentials.
fn is_reserved(user: &EntityRef) -> bool {
    user.as_str() == "user:default/guest"
}
