//! What a plugin is made of: the plugin trait, subgraphs, the viewer and what it may do, entity
//! references, pages, problems and the clock. Every plugin depends on this crate and on no other plugin.

mod answer_headers;
mod audit;
mod authenticator;
mod authorizer;
mod batches;
mod catalog_reader;
mod client;
mod clock;
mod condition_rule;
mod connection_memory;
mod duration;
mod entity_batch;
mod entity_filter;
mod entity_ref;
mod findings;
mod global_id;
mod graphql;
mod jobs;
mod page;
mod permission;
mod plugin;
mod problem;
mod registry;
mod sdl;
mod search;
mod secret;
mod services;
mod source_api;
mod source_reader;
mod strict;
mod subgraph;
mod user_credentials;
mod vault;
mod viewer;

pub use answer_headers::AnswerHeaders;
pub use audit::{
    AuditChange, AuditEvent, AuditLog, AuditOutcome, AuditWeight, changes_between, note_changes, note_denied,
    note_message, note_slight, note_target,
};
pub use authenticator::{Authenticator, Credentials, TokenGrant};
pub use authorizer::{Authorizer, Decision, PlainAuthorizer};
pub use batches::Batches;
pub use catalog_reader::{CatalogReader, EntitySet};
pub use client::{Client, RequestId};
pub use clock::Clock;
pub use condition_rule::ConditionRule;
pub use connection_memory::ConnectionMemory;
pub use duration::HumanDuration;
pub use entity_batch::{EntityBatch, SubgraphSchema, subgraph_schema};
pub use entity_filter::{
    EntityFilter, EntityOrder, Facet, FacetValue, FieldFilter, KeyValue, MAX_FILTER_VALUE, OrderDirection,
    OwnerRef,
};
pub use entity_ref::{DEFAULT_NAMESPACE, EntityRef, EntityRefError, RefContext};
pub use findings::{CheckContext, Findings};
pub use global_id::GlobalId;
pub use graphql::{GraphqlError, GraphqlRequest, GraphqlResponse, GraphqlService, Location, Rejection};
pub use jobs::{
    Backoff, Interruption, JobEnd, JobFailure, JobFilter, JobHandler, JobId, JobOutcome, JobRecord, JobState,
    JobTicket, Jobs, JobsError, NewJob, QueueCounts, RunningJob, WorkerOptions,
};
pub use page::{Cursor, DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, Page, PageArguments, PageBounds, PageInfo};
pub use permission::{PermissionAction, PermissionDefinition, PermissionPattern};
pub use plugin::{
    CommandContext, CommandStores, Health, HealthCheck, Plugin, PluginContext, PluginHandle, StoreOpener,
};
pub use problem::{Code, Problem, Result};
pub use registry::{ErasedPlugin, PluginRegistry};
pub use sdl::federation_sdl;
pub use search::{
    SearchChangeLog, SearchChanges, SearchDocument, SearchField, SearchIndexer, SearchSource, SearchSources,
    SearchType,
};
pub use secret::Secret;
pub use services::{AlreadyProvided, Services, Slot};
pub use source_api::{ApiAnswer, ApiPlace, ApiRequest, SourceApi};
pub use source_reader::{
    ReadFailure, SourceFile, SourceKind, SourceLinks, SourceReader, SourceRepository, SourceTree, SourceUrl,
    SourceUrlError,
};
pub use strict::{StrictError, nearest, parse_strict, unknown_keys};
pub use subgraph::{
    InProcessSubgraph, RequestContext, Subgraph, SubgraphRequest, SubgraphResponse, SubgraphService,
    ViewerContext,
};
pub use user_credentials::{UserCredential, UserCredentials};
pub use vault::{Vault, VaultError};
pub use viewer::{Access, Subject, Viewer};
