//! Signed tokens of other issuers, which services come with.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use callboard_kit::{Access, Clock, EntityRef, PermissionPattern, Viewer};
use jsonwebtoken::Algorithm;
use serde_json::Value;

use crate::{
    config::ExternalIssuerConfig,
    jwt::{Claims, Expected},
    outgoing::Outgoing,
    providers::{ProviderError, RemoteKeys, algorithms_of},
};

/// The issuers of the config.
pub(crate) struct ExternalIssuers {
    issuers: Vec<Issuer>,
    clock: Clock,
    skew: chrono::Duration,
}

struct Issuer {
    config: ExternalIssuerConfig,
    algorithms: Vec<Algorithm>,
    keys: RemoteKeys,
}

impl ExternalIssuers {
    pub(crate) fn new(
        configs: &[ExternalIssuerConfig],
        outgoing: &Outgoing,
        clock: &Clock,
        skew: chrono::Duration,
    ) -> Self {
        let issuers = configs.iter().map(|config| Issuer {
            config: config.clone(),
            algorithms: algorithms_of(Some(&config.algorithms)),
            keys: RemoteKeys::new(outgoing.clone(), clock.clone()),
        });
        Self { issuers: issuers.collect(), clock: clock.clone(), skew }
    }

    /// The service that a token stands for; `None` where it is none of these issuers'.
    pub(crate) async fn authenticate(&self, token: &str) -> Option<Result<Viewer, ProviderError>> {
        let issuer = unverified_issuer(token)?;
        let mut outcome = None;
        // One issuer may be there several times, for an audience each.
        for known in &self.issuers {
            if known.config.issuer != issuer {
                continue;
            }
            match self.verify(known, token).await {
                Ok(viewer) => return Some(Ok(viewer)),
                // Where one could not be asked, nobody knows what it would have said.
                Err(_) if matches!(outcome, Some(Err(ProviderError::Unavailable(_)))) => {}
                Err(error) => outcome = Some(Err(error)),
            }
        }
        outcome
    }

    async fn verify(&self, issuer: &Issuer, token: &str) -> Result<Viewer, ProviderError> {
        let expected = Expected {
            issuer: &issuer.config.issuer,
            audience: &issuer.config.audience,
            algorithms: &issuer.algorithms,
            now: self.clock.now(),
            skew: self.skew,
        };
        let claims = issuer.keys.verify(&issuer.config.jwks_url, token, &expected).await?;
        let (service, permissions) = subject_of(&issuer.config, &claims)
            .ok_or_else(|| ProviderError::invalid("its subject is not let in"))?;
        Ok(Viewer::service(service)
            .with_token_permissions(permissions)
            .through(Access::External(issuer.config.issuer.as_str().into())))
    }
}

/// Which issuer a token says it is of. Nothing is believed by that but which keys to ask for.
fn unverified_issuer(token: &str) -> Option<String> {
    let mut parts = token.split('.');
    let (_, body, _, None) = (parts.next()?, parts.next()?, parts.next()?, parts.next()) else { return None };
    if body.len() > 16 * 1024 {
        return None;
    }
    let claims: Claims = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(body).ok()?).ok()?;
    claims.get("iss")?.as_str().map(str::to_owned)
}

fn subject_of(config: &ExternalIssuerConfig, claims: &Claims) -> Option<(EntityRef, Vec<PermissionPattern>)> {
    let subject = claims.get("sub").and_then(Value::as_str).filter(|subject| !subject.is_empty())?;
    if let Some(rule) = config.subjects.iter().find(|rule| rule.pattern.matches(subject)) {
        let permissions = rule.permissions.clone().unwrap_or_else(|| config.permissions.clone());
        return Some((rule.subject.clone(), permissions));
    }
    let name = format!("{}{}", config.subject_prefix.as_ref()?, subject);
    // What no name can hold is refused rather than rewritten, as two subjects could become one by that.
    Some((EntityRef::new("service", "default", &name).ok()?, config.permissions.clone()))
}
