use std::{process::ExitCode, sync::Arc, time::Duration};

use anyhow::Context;
use async_trait::async_trait;
use callboard_kit::{
    CheckContext, CommandContext, Findings, InProcessSubgraph, PermissionDefinition, Plugin, PluginContext,
    PluginHandle, Problem, Subgraph,
};

use crate::{
    accounts::AccountService,
    authenticator::{Failures, PortalAuthenticator, StaticTokens},
    command,
    config::AuthConfig,
    cookies::Cookies,
    external::ExternalIssuers,
    graphql::{self, Graph},
    housekeeping::Housekeeping,
    limits::RateLimit,
    outgoing::Outgoing,
    people::People,
    permissions::PERMISSIONS,
    providers,
    repository::AuthRepository,
    routes::{self, Endpoints},
    sessions::SessionService,
    settings::SettingService,
    sign_in::SignInService,
    signing::KeyRing,
    tokens::{self, TokenService},
};

/// What is waited at most for a provider that may take its time.
const LONGEST_REFRESH: Duration = Duration::from_mins(10);
/// What the portal itself may take with a refresh.
const SLACK: Duration = Duration::from_secs(5);

/// Who asks: sign-in, sessions, tokens and the guest.
#[derive(Debug)]
pub struct AuthPlugin;

#[async_trait]
impl Plugin for AuthPlugin {
    const ID: &'static str = "auth";
    const TITLE: &'static str = "Sign-in";
    type Config = AuthConfig;

    fn sdl() -> String {
        graphql::sdl()
    }

    fn permissions() -> &'static [PermissionDefinition] {
        PERMISSIONS
    }

    fn command() -> Option<clap::Command> {
        Some(command::command())
    }

    async fn run_command(
        config: AuthConfig,
        context: CommandContext,
        matches: clap::ArgMatches,
    ) -> anyhow::Result<ExitCode> {
        command::run(config, context, matches).await
    }

    fn check(config: &AuthConfig, context: CheckContext<'_>) -> Findings {
        config.check(context.loopback, context.base_url)
    }

    async fn start(config: AuthConfig, context: PluginContext) -> anyhow::Result<PluginHandle> {
        let repository = AuthRepository::new(context.database.clone());
        let (services, clock, vault) = (&context.services, &context.clock, &context.vault);
        let guest = config.guest.enabled.then(|| "user:default/guest".parse()).transpose()?;
        let people = People::new(services.clone());
        let cookies = Cookies::new(&context.base_url);
        let outgoing =
            Outgoing::new(config.provider_timeout.0).context("the HTTP client could not be made")?;
        let skew = chrono::Duration::from_std(config.clock_skew.0)?;
        let providers = providers::from_config(&config, &context.base_url, &outgoing, clock)?;
        let providers = Arc::new(providers);
        let sessions = Arc::new(SessionService {
            repository: repository.clone(),
            providers: Arc::clone(&providers),
            people: people.clone(),
            vault: vault.clone(),
            clock: clock.clone(),
            config: config.session.clone(),
            services: services.clone(),
        });
        let access_tokens = Arc::new(TokenService {
            repository: repository.clone(),
            people: people.clone(),
            clock: clock.clone(),
            config: config.access_tokens.clone(),
            known_permissions: Arc::clone(&context.permissions),
            of_config: tokens::fingerprints(vault, &config.tokens),
        });
        access_tokens.follow_config().await.map_err(|problem| failed(&problem))?;
        let accounts = Arc::new(AccountService {
            repository: repository.clone(),
            providers: Arc::clone(&providers),
            vault: vault.clone(),
            clock: clock.clone(),
            // Discovery, and the token endpoint.
            people: people.clone(),
            longest_refresh: (config.provider_timeout.0 * 2).min(LONGEST_REFRESH) + SLACK,
        });
        let keys = KeyRing::open(
            repository.clone(),
            vault.clone(),
            clock.clone(),
            Arc::clone(&context.base_url),
            config.signing_keys.rotate_every.0,
        );
        let keys = Arc::new(keys.await.map_err(|problem| failed(&problem))?);
        let authenticator = PortalAuthenticator {
            guest,
            static_tokens: StaticTokens::new(config.tokens.clone()),
            people: people.clone(),
            sessions: Arc::clone(&sessions),
            tokens: Arc::clone(&access_tokens),
            external: ExternalIssuers::new(&config.external, &outgoing, clock, skew),
            keys: Arc::clone(&keys),
            cookies,
            failures: Failures::new(&config.limits, clock, services.clone()),
        };
        services.authenticator.provide(Arc::new(authenticator)).context("auth")?;
        services.user_credentials.provide(Arc::clone(&accounts) as _).context("auth")?;
        let house = Housekeeping {
            repository: repository.clone(),
            sessions: Arc::clone(&sessions),
            tokens: Arc::clone(&access_tokens),
            keys: Arc::clone(&keys),
        };
        house.start(&context).await?;
        let schema = graphql::schema(Some(Graph {
            services: services.clone(),
            providers: Arc::clone(&providers),
            sessions: Arc::clone(&sessions),
            tokens: access_tokens,
            accounts: Arc::clone(&accounts),
            settings: SettingService { repository: repository.clone(), clock: clock.clone() },
            guest: config.guest.enabled,
        }));
        let sign_in = SignInService {
            providers,
            sessions: Arc::clone(&sessions),
            accounts,
            people,
            repository,
            services: services.clone(),
            vault: vault.clone(),
            clock: clock.clone(),
            starts: RateLimit::new(config.limits.sign_ins_per_minute, clock.clone()),
            refusals: RateLimit::new(config.limits.refusals_per_minute, clock.clone()),
            audited: RateLimit::new(config.limits.refusals_per_minute, clock.clone()),
            logout_failures: RateLimit::new(config.limits.failures_per_minute, clock.clone()),
        };
        let endpoints = Endpoints { sign_in, sessions, keys, cookies, base_url: context.base_url };
        Ok(PluginHandle {
            subgraph: Some(Subgraph::in_process(Self::ID, Self::sdl(), InProcessSubgraph::new(schema))),
            routes: routes::router(Arc::new(endpoints)),
            ..PluginHandle::default()
        })
    }
}

fn failed(problem: &Problem) -> anyhow::Error {
    let cause = problem.cause().map(ToString::to_string);
    anyhow::anyhow!(cause.unwrap_or_else(|| problem.message().to_owned()))
}
