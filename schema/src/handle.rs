use std::sync::Arc;

use arc_swap::ArcSwap;
use callboard_kit::{GraphqlRequest, GraphqlResponse, GraphqlService, RequestContext};
use futures::{FutureExt, future::BoxFuture, stream::BoxStream};

use crate::gateway::Gateway;

/// A gateway that can be exchanged while it serves: what runs goes on with the one it began with.
#[derive(Debug)]
pub struct GatewayHandle {
    current: ArcSwap<Gateway>,
}

impl GatewayHandle {
    /// Serves this gateway.
    pub fn new(gateway: Gateway) -> Self {
        Self { current: ArcSwap::from_pointee(gateway) }
    }

    /// Serves another gateway from now on.
    pub fn replace(&self, gateway: Gateway) {
        self.current.store(Arc::new(gateway));
    }

    /// The gateway that serves now.
    pub fn current(&self) -> Arc<Gateway> {
        self.current.load_full()
    }
}

impl GraphqlService for GatewayHandle {
    fn execute(
        &self,
        request: GraphqlRequest,
        context: RequestContext,
    ) -> BoxFuture<'static, GraphqlResponse> {
        self.current().execute(request, context).boxed()
    }

    fn subscribe(
        &self,
        request: GraphqlRequest,
        context: RequestContext,
    ) -> BoxStream<'static, GraphqlResponse> {
        self.current().subscribe(request, context)
    }
}
