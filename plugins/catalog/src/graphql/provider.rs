use async_graphql::{Context, InputObject, Object, SimpleObject};
use callboard_kit::{EntityFilter, PageArguments, Result, note_target};
use chrono::{DateTime, Utc};

use super::{catalog, connection::EntityConnection, location::LocationState};
use crate::{
    index::{ORIGIN, origin_key},
    ingest::PROVIDER,
    providing::ProviderState,
    service::{ListQuery, Scope},
};

/// What finds locations and entities by itself.
pub struct CatalogProvider(pub ProviderState);

/// What finds locations and entities by itself.
#[Object]
impl CatalogProvider {
    /// Its id, as in the config.
    async fn id(&self) -> &str {
        self.0.provider.id()
    }

    /// What it is, e.g. `github`.
    #[graphql(name = "type")]
    async fn kind(&self) -> &str {
        self.0.provider.kind()
    }

    /// What it is called.
    async fn title(&self) -> String {
        format!("{} ({})", self.0.provider.target(), self.0.provider.id())
    }

    /// What it looks at.
    async fn target(&self) -> String {
        self.0.provider.target()
    }

    /// How its last look went.
    async fn state(&self) -> LocationState {
        match (self.0.is_looking, self.0.looked_at, &self.0.error) {
            (true, ..) => LocationState::Reading,
            (false, None, _) => LocationState::Pending,
            (false, Some(_), Some(_)) => LocationState::Failed,
            (false, Some(_), None) => LocationState::Ok,
        }
    }

    /// Why its last look failed; what it found before stays.
    async fn error(&self) -> Option<&str> {
        self.0.error.as_deref()
    }

    /// When it looked last.
    async fn read_at(&self) -> Option<DateTime<Utc>> {
        self.0.looked_at
    }

    /// When it looks next.
    async fn next_read_at(&self) -> Option<DateTime<Utc>> {
        self.0.next_at
    }

    /// How many locations it found.
    async fn location_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let count = catalog(ctx).count_found(self.0.provider.id()).await?;
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    }

    /// How many entities it found without a descriptor, as far as they may be seen.
    async fn entity_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let origin = origin_key(&format!("{PROVIDER}:{}", self.0.provider.id()));
        let query = ListQuery {
            scope: Scope::All,
            filter: Some(EntityFilter::new().with_field(ORIGIN, vec![origin])),
            text: None,
            order: Vec::new(),
            page: PageArguments { first: Some(0), ..PageArguments::default() },
        };
        Ok(EntityConnection::of(&catalog(ctx), query).await?.total())
    }
}

/// What providers can be asked.
#[derive(Default)]
pub struct ProviderQuery;

#[Object]
impl ProviderQuery {
    /// What finds locations and entities by itself, by id; null without `catalog.location.read`.
    async fn catalog_providers(&self, ctx: &Context<'_>) -> Result<Option<Vec<CatalogProvider>>> {
        let states = catalog(ctx).provider_states().await?;
        Ok(states.map(|states| states.into_iter().map(CatalogProvider).collect()))
    }
}

/// Which provider is to look.
#[derive(InputObject)]
pub struct RefreshProviderInput {
    /// Its id.
    id: String,
}

/// A provider that has looked.
#[derive(SimpleObject)]
pub struct RefreshProviderPayload {
    /// The provider.
    provider: Option<CatalogProvider>,
}

/// What can be done about providers.
#[derive(Default)]
pub struct ProviderMutation;

/// What can be done about providers.
#[Object]
impl ProviderMutation {
    /// Has a provider look now, and answers when it has. Takes `catalog.location.create`.
    async fn refresh_provider(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which provider.")] input: RefreshProviderInput,
    ) -> Result<Option<RefreshProviderPayload>> {
        note_target(&input.id);
        let provider = catalog(ctx).look_again(&input.id).await?.map(CatalogProvider);
        Ok(Some(RefreshProviderPayload { provider }))
    }
}
