use std::{panic::AssertUnwindSafe, time::Instant};

use async_graphql::{Name, PathSegment, ServerError, Value, Variables, indexmap::IndexMap};
use callboard_kit::{Code, RequestContext, SubgraphRequest, SubgraphResponse};
use futures::FutureExt;

use super::{
    Run,
    errors::{ErrorBody, Source, entity_path},
    failure::Failure,
    flatten::{Places, find_places},
    merge::merge_objects,
    path::Step,
    representations::{Representations, represent},
    rewrite::rewrite,
};
use crate::plan::{EntityFetch, EntityInput, FetchOperation, FlattenStep, Rewrite, RootFetch};

/// A fetch as the subgraph gets it: of the client's variables those it uses, and the representations.
pub(super) fn request(
    operation: &FetchOperation,
    variables: &Variables,
    context: &RequestContext,
    representations: Vec<(Name, Value)>,
) -> SubgraphRequest {
    let mut own = Variables::default();
    for name in &operation.variables {
        if let Some(value) = variables.get(name) {
            own.insert(name.clone(), value.clone());
        }
    }
    own.extend(representations);
    SubgraphRequest {
        query: operation.query.clone(),
        document: operation.document.clone(),
        operation_name: None,
        variables: own,
        context: context.clone(),
    }
}

impl<'a> Run<'a> {
    fn source(&self, operation: &FetchOperation) -> Source<'_> {
        let subgraph = &self.executor.subgraphs[operation.subgraph];
        Source {
            subgraph: &subgraph.id,
            in_process: subgraph.url.is_none(),
            mask: self.executor.options.mask_internal_errors,
            context: self.context,
        }
    }

    /// Asks a subgraph, for as long as it and the whole operation may take.
    async fn call(
        &self,
        operation: &FetchOperation,
        representations: Vec<(Name, Value)>,
    ) -> Result<SubgraphResponse, ErrorBody> {
        let subgraph = &self.executor.subgraphs[operation.subgraph];
        let request = request(operation, self.variables, self.context, representations);
        let allowed = subgraph.timeout.unwrap_or(self.executor.options.subgraph_timeout.0);
        let left = self.deadline.saturating_duration_since(Instant::now());
        let answer = AssertUnwindSafe(subgraph.service.execute(request)).catch_unwind();
        match tokio::time::timeout(allowed.min(left), answer).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(panic)) => {
                let cause = panic
                    .downcast_ref::<String>()
                    .map(String::as_str)
                    .or_else(|| panic.downcast_ref::<&str>().copied());
                self.source(operation).log(&format!("panic: {}", cause.unwrap_or("unknown")));
                Err(ErrorBody::internal())
            }
            Err(_) => {
                tracing::warn!(
                    subgraph = subgraph.id,
                    request_id = %self.context.request_id,
                    "a subgraph did not answer in time"
                );
                Err(ErrorBody::new(Code::Unavailable, format!("`{}` did not answer in time", subgraph.id)))
            }
        }
    }

    pub(super) async fn fetch_root(&self, fetch: &'a RootFetch) {
        if !fetch.path.is_empty() && self.places(&fetch.path).len() == 0 {
            return;
        }
        match self.call(&fetch.operation, Vec::new()).await {
            Ok(response) => self.receive_root(fetch, response),
            Err(body) => self.fail(vec![fetch.path.as_slice()], &fetch.fields, body),
        }
    }

    fn places(&self, path: &[FlattenStep]) -> Places {
        let mut places = Places::default();
        find_places(&self.state().data, path, &mut places, |_| true);
        places
    }

    fn fail(&self, paths: Vec<&'a [FlattenStep]>, fields: &'a crate::plan::FetchedFields, body: ErrorBody) {
        self.state().failures.push(Failure { paths, fields, body });
    }

    /// Merges what a fetch of root fields brought.
    pub(super) fn receive_root(&self, fetch: &'a RootFetch, response: SubgraphResponse) {
        let SubgraphResponse { mut data, errors } = response;
        let places = self.places(&fetch.path);
        let source = self.source(&fetch.operation);
        let located = errors.iter().any(|error| !error.path.is_empty());
        if matches!(data, Value::Null)
            && !located
            && let Some(error) = errors.first()
        {
            return self.fail(vec![fetch.path.as_slice()], &fetch.fields, source.body(error));
        }
        rewrite(&mut data, &fetch.rewrites);
        let mut state = self.state();
        for error in &errors {
            let body = source.body(error);
            let steps = steps(&error.path, &fetch.rewrites);
            for place in 0..places.len() {
                let mut path = places.path(place, &state.data);
                path.extend_from_slice(&steps);
                state.errors.push((body.clone(), path));
            }
        }
        if matches!(data, Value::Null) {
            // A non-null root field failed: the subgraph's null is the null of all its fields.
            data = Value::Object(
                fetch.fields.0.keys().map(|key| (Name::new(key), Value::Null)).collect::<IndexMap<_, _>>(),
            );
        }
        let Value::Object(mut fields) = data else { return };
        let supergraph = self.executor.planner.supergraph();
        for place in 0..places.len() {
            let fields = if place + 1 == places.len() { std::mem::take(&mut fields) } else { fields.clone() };
            if let Some(object) = places.object_mut(place, &mut state.data) {
                merge_objects(supergraph, object, fields);
            }
        }
    }

    pub(super) async fn fetch_entities(&self, fetch: &'a EntityFetch) {
        let mut representations = Vec::with_capacity(fetch.inputs.len());
        let mut found = Vec::with_capacity(fetch.inputs.len());
        {
            let mut state = self.state();
            for input in &fetch.inputs {
                let mut result = represent(&state.data, input);
                if result.incomplete
                    && let Some(cause) = state.failures.first().map(|first| first.body.clone())
                {
                    // What it requires is missing because an earlier fetch failed; so does this one, there.
                    for output in &input.outputs {
                        let failure =
                            Failure { paths: paths(input), fields: &output.fields, body: cause.clone() };
                        state.failures.push(failure);
                    }
                }
                let values = std::mem::take(&mut result.values);
                representations.push((input.variable.clone(), Value::List(values)));
                found.push(result);
            }
        }
        if found.iter().all(|found| found.places.len() == 0) {
            return;
        }
        match self.call(&fetch.operation, representations).await {
            Ok(response) => self.receive_entities(fetch, &found, response),
            Err(body) => {
                for input in &fetch.inputs {
                    for output in &input.outputs {
                        self.fail(paths(input), &output.fields, body.clone());
                    }
                }
            }
        }
    }

    fn receive_entities(
        &self,
        fetch: &'a EntityFetch,
        found: &[Representations],
        response: SubgraphResponse,
    ) {
        let SubgraphResponse { data, errors } = response;
        let source = self.source(&fetch.operation);
        let mut data = match data {
            Value::Object(fields) => fields,
            _ => IndexMap::new(),
        };
        let mut unplaced = Vec::new();
        for error in &errors {
            match entity_path(&error.path) {
                Some((key, index, rest)) => {
                    self.place_entity_error(fetch, found, &source, error, (key, index, rest));
                }
                None => unplaced.push(error),
            }
        }
        let supergraph = self.executor.planner.supergraph();
        for (input, found) in fetch.inputs.iter().zip(found) {
            for output in &input.outputs {
                let Some(Value::List(mut entities)) = data.swap_remove(&output.key) else {
                    let own = |error: &&&ServerError| matches!(error.path.first(), Some(PathSegment::Field(key)) if *key == output.key);
                    let error = unplaced.iter().find(own).or_else(|| unplaced.first());
                    let body = error.map_or_else(
                        || {
                            let text = format!("`{}` gave no answer", source.subgraph);
                            (errors.is_empty()).then(|| ErrorBody::new(Code::Unavailable, text))
                        },
                        |error| Some(source.body(error)),
                    );
                    if let Some(body) = body {
                        self.fail(paths(input), &output.fields, body);
                    }
                    continue;
                };
                let mut uses = vec![0_usize; entities.len()];
                for value in &found.value_of_place {
                    if let Some(count) = uses.get_mut(*value) {
                        *count += 1;
                    }
                }
                for entity in &mut entities {
                    rewrite(entity, &output.rewrites);
                }
                let mut state = self.state();
                for (place, value) in found.value_of_place.iter().enumerate() {
                    let Some(entity) = entities.get_mut(*value) else { continue };
                    uses[*value] -= 1;
                    let Value::Object(fields) = entity else { continue };
                    let fields = if uses[*value] == 0 { std::mem::take(fields) } else { fields.clone() };
                    if let Some(object) = found.places.object_mut(place, &mut state.data) {
                        merge_objects(supergraph, object, fields);
                    }
                }
            }
        }
        // Errors that belong to no field: of no interest unless nothing else tells that something went wrong.
        if errors.len() == unplaced.len() {
            let mut state = self.state();
            let untold = state.failures.is_empty();
            for error in unplaced.into_iter().filter(|_| untold) {
                state.errors.push((source.body(error), Vec::new()));
            }
        }
    }

    fn place_entity_error(
        &self,
        fetch: &EntityFetch,
        found: &[Representations],
        source: &Source<'_>,
        error: &ServerError,
        (key, index, rest): (&str, usize, &[PathSegment]),
    ) {
        let mut state = self.state();
        let body = source.body(error);
        for (input, found) in fetch.inputs.iter().zip(found) {
            for output in input.outputs.iter().filter(|output| output.key == key) {
                let steps = steps(rest, &output.rewrites);
                let places = found.value_of_place.iter().enumerate().filter(|(_, value)| **value == index);
                for (place, _) in places {
                    let mut path = found.places.path(place, &state.data);
                    path.extend_from_slice(&steps);
                    state.errors.push((body.clone(), path));
                }
            }
        }
    }
}

fn paths(input: &EntityInput) -> Vec<&[FlattenStep]> {
    input.paths.iter().map(Vec::as_slice).collect()
}

/// The path of a subgraph's error, under the names its rewrites give.
fn steps(path: &[PathSegment], rewrites: &[Rewrite]) -> Vec<Step> {
    path.iter()
        .map(|segment| match segment {
            PathSegment::Index(index) => Step::Index(*index),
            PathSegment::Field(key) => {
                let renamed = rewrites.iter().filter_map(Rewrite::renamed).find(|(from, _)| from == key);
                Step::Key(renamed.map_or_else(|| Name::new(key), |(_, to)| to.clone()))
            }
        })
        .collect()
}
