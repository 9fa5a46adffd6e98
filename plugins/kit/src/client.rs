use std::{net::IpAddr, sync::Arc};

/// Where a request came from. The server puts it into the extensions of every request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Client {
    /// Its address; behind a trusted proxy the one that the proxy tells.
    pub address: Option<IpAddr>,
    /// The program it says it is, cut short.
    pub user_agent: Option<Arc<str>>,
}

/// The id of a request, as logs and audit events have it. The server puts it into the extensions of every request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(pub Arc<str>);
