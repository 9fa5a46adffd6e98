//! Composition: subgraphs in, supergraph and public schema out. The one place that knows the composer.

mod error;
mod parts;
mod repair;
mod satisfiability;

use federation_composition::{
    __internal::{compose::compose_services, subgraph::validation::validate_subgraph::InternalOptions},
    CompositionResult, ServiceDefinition,
    graphql_core::{self, GraphQLError},
    transform_supergraph_to_public_schema,
};

pub use error::{CompositionError, CompositionErrors};
pub(crate) use parts::{PartKind, TypePart, parts};

use crate::node::node_sdl;

/// A subgraph as composition sees it.
#[derive(Clone, Copy, Debug)]
pub struct SubgraphSdl<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its Federation SDL.
    pub sdl: &'a str,
    /// Where it is reached; `None` in process.
    pub url: Option<&'a str>,
}

/// What subgraphs compose to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composed {
    /// The supergraph, as planners and routers read it.
    pub supergraph_sdl: String,
    /// The schema as clients see it.
    pub public_sdl: String,
}

/// The id of the subgraph that the gateway itself adds for `node` and `nodes`.
pub(crate) const NODE_SUBGRAPH: &str = "node";

/// Composes subgraphs without running them; with `node_lookup` the gateway's own subgraph is among them.
pub fn compose_sdl(subgraphs: &[SubgraphSdl<'_>], node_lookup: bool) -> Result<Composed, CompositionErrors> {
    let mut all = subgraphs.to_vec();
    let node = if node_lookup { node_sdl(subgraphs)? } else { None };
    if let Some(sdl) = &node {
        all.push(SubgraphSdl { id: NODE_SUBGRAPH, sdl, url: None });
    }
    let services = all.iter().map(|subgraph| service(*subgraph)).collect::<Result<Vec<_>, _>>()?;
    let supergraph_sdl = supergraph(&services, &all)?;
    let supergraph_sdl = repair::repair(&supergraph_sdl, &all)?.unwrap_or(supergraph_sdl);
    let document = graphql_core::parse(&supergraph_sdl).map_err(|error| internal(error.message))?;
    let public =
        transform_supergraph_to_public_schema(&document).map_err(|error| internal(error.to_string()))?;
    Ok(Composed { supergraph_sdl, public_sdl: graphql_core::print(&public) })
}

fn service(subgraph: SubgraphSdl<'_>) -> Result<ServiceDefinition, CompositionErrors> {
    let document = graphql_core::parse(subgraph.sdl)
        .map_err(|error| CompositionError::in_subgraph(subgraph.id, error.message))?;
    let service = ServiceDefinition::new(subgraph.id, document);
    Ok(match subgraph.url {
        Some(url) => service.with_url(url),
        None => service,
    })
}

fn supergraph(
    services: &[ServiceDefinition],
    subgraphs: &[SubgraphSdl<'_>],
) -> Result<String, CompositionErrors> {
    let errors = match compose_with(services, &[])? {
        Ok(sdl) => return Ok(sdl),
        Err(errors) => errors,
    };
    // The composer's check of satisfiability fails for some `@requires` with fragments that can well be planned. Each
    // query that it calls impossible is put to the planner, which has the last word.
    let doubtful = errors.iter().all(|error| error.code() == Some(SATISFIABILITY));
    if doubtful && let Ok(sdl) = compose_with(services, &["SatisfiabilityRule"])? {
        let messages = errors.iter().map(|error| error.message.as_str());
        let repaired = repair::repair(&sdl, subgraphs)?;
        let real = satisfiability::unplannable(repaired.as_deref().unwrap_or(&sdl), messages);
        if real.is_empty() {
            return Ok(sdl);
        }
        return Err(real.into_iter().map(|message| CompositionError::new(SATISFIABILITY, message)).collect());
    }
    Err(errors.into_iter().map(CompositionError::from).collect())
}

const SATISFIABILITY: &str = "SATISFIABILITY_ERROR";

fn compose_with(
    services: &[ServiceDefinition],
    without_rules: &[&str],
) -> Result<Result<String, Vec<GraphQLError>>, CompositionErrors> {
    let rules: Vec<String> = without_rules.iter().map(|rule| (*rule).to_owned()).collect();
    let options = InternalOptions { disable_validation_rules: Some(rules) };
    match compose_services(services, Some(&options)) {
        Ok(CompositionResult::Success(success)) => Ok(Ok(success.supergraph_sdl().to_owned())),
        Ok(CompositionResult::Failure(failure)) => Ok(Err(failure.into_errors())),
        Err(error) => Err(internal(error.message().to_owned())),
    }
}

fn internal(message: String) -> CompositionErrors {
    CompositionError::new("COMPOSITION_FAILED", message).into()
}
