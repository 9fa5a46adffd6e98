use std::{fmt, sync::Arc};

use crate::{EntityRef, PermissionPattern};

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Nobody: no credentials were given.
    Anonymous,
    /// A person, or the guest.
    User(EntityRef),
    /// A program.
    Service(EntityRef),
}

/// How a viewer came in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Access {
    /// Without credentials: nobody, or the guest.
    #[default]
    None,
    /// By a session of the browser, with its id, which is no secret.
    Session(Arc<str>),
    /// By a token of the portal's own, with its id and its name, which are no secrets.
    Token {
        /// Its id.
        id: Arc<str>,
        /// What people call it.
        name: Arc<str>,
    },
    /// By a token of another issuer, which is named.
    External(Arc<str>),
    /// As the operator, on the command line.
    Operator,
}

impl fmt::Display for Access {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => formatter.write_str("no credentials"),
            Self::Session(id) => write!(formatter, "session {id}"),
            Self::Token { name, .. } => write!(formatter, "token {name}"),
            Self::External(issuer) => write!(formatter, "token of {issuer}"),
            Self::Operator => formatter.write_str("command line"),
        }
    }
}

/// Who asks, with what was looked up about them. One per request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    subject: Subject,
    ownership: Arc<[EntityRef]>,
    token_permissions: Option<Arc<[PermissionPattern]>>,
    access: Access,
}

impl Viewer {
    /// A viewer without credentials.
    pub fn anonymous() -> Self {
        Self {
            subject: Subject::Anonymous,
            ownership: Arc::default(),
            token_permissions: None,
            access: Access::None,
        }
    }

    /// A user; `ownership` holds every group it belongs to, the user itself is added.
    pub fn user(reference: EntityRef, ownership: impl IntoIterator<Item = EntityRef>) -> Self {
        let mut refs = vec![reference.clone()];
        for group in ownership {
            if !refs.contains(&group) {
                refs.push(group);
            }
        }
        Self {
            subject: Subject::User(reference),
            ownership: refs.into(),
            token_permissions: None,
            access: Access::None,
        }
    }

    /// A service; what it may do is what its token says.
    pub fn service(reference: EntityRef) -> Self {
        Self {
            ownership: Arc::from([reference.clone()]),
            subject: Subject::Service(reference),
            token_permissions: Some(Arc::default()),
            access: Access::None,
        }
    }

    /// The same viewer, come in this way.
    pub fn through(self, access: Access) -> Self {
        Self { access, ..self }
    }

    /// How the viewer came in.
    pub const fn access(&self) -> &Access {
        &self.access
    }

    /// The same viewer, acting through a token: grants to a service, a narrowing for a user.
    pub fn with_token_permissions(self, permissions: impl Into<Arc<[PermissionPattern]>>) -> Self {
        Self { token_permissions: Some(permissions.into()), ..self }
    }

    /// Who it is.
    pub const fn subject(&self) -> &Subject {
        &self.subject
    }

    /// The reference of the user or service; `None` for nobody.
    pub const fn reference(&self) -> Option<&EntityRef> {
        match &self.subject {
            Subject::Anonymous => None,
            Subject::User(reference) | Subject::Service(reference) => Some(reference),
        }
    }

    /// Whether it is the guest: a user whom nobody has shown to be, and whom everyone may be.
    pub const fn is_guest(&self) -> bool {
        matches!((&self.subject, &self.access), (Subject::User(_), Access::None))
    }

    /// Whether credentials were given.
    pub const fn is_authenticated(&self) -> bool {
        !matches!(self.subject, Subject::Anonymous)
    }

    /// The viewer itself and every group it belongs to.
    pub fn ownership_refs(&self) -> &[EntityRef] {
        &self.ownership
    }

    /// What the token allows at most; `None` without a token, or when it does not narrow.
    pub fn token_permissions(&self) -> Option<&[PermissionPattern]> {
        self.token_permissions.as_deref()
    }

    /// Whether the token, if any, lets `permission` through.
    pub fn token_allows(&self, permission: &str) -> bool {
        self.token_permissions()
            .is_none_or(|patterns| patterns.iter().any(|pattern| pattern.matches(permission)))
    }
}

impl fmt::Display for Viewer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.reference() {
            Some(reference) => reference.fmt(formatter),
            None => formatter.write_str("anonymous"),
        }
    }
}
