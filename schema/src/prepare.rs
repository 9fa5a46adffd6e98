use std::sync::Arc;

use async_graphql::{Value, Variables};
use callboard_kit::{Code, GraphqlError, GraphqlRequest, GraphqlResponse, Location, Rejection};
use graphql_tools::parser::Pos;

use crate::{
    execute::ErrorBody,
    gateway::Gateway,
    guard::{ShapeError, TooComplex, check_shape, check_text},
    operation::{
        Conditions, InputError, Operation, OperationKind, coerce_variables, parse, position, validate,
    },
    plan::{FieldContent, Plan},
};

/// An operation that was parsed and validated.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) operation: Operation,
    /// Its plan, where that does not depend on variables.
    plan: Option<Arc<Plan>>,
}

/// What the plan cache keeps: an operation, or a plan under a choice of its conditions.
#[derive(Clone, Debug)]
pub(crate) enum Cached {
    Operation(Arc<Prepared>),
    Plan(Arc<Plan>),
}

/// What an operation is found again by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct OperationKey {
    query: Arc<str>,
    name: Option<String>,
    conditions: Vec<bool>,
}

/// An operation that can run now.
pub(crate) struct Ready {
    pub(crate) prepared: Arc<Prepared>,
    pub(crate) plan: Arc<Plan>,
    pub(crate) variables: Variables,
    pub(crate) conditions: Conditions,
}

/// An answer to an operation that does not begin.
pub(crate) fn rejected(rejection: Rejection, body: ErrorBody) -> GraphqlResponse {
    rejected_with(rejection, vec![body.at(Vec::new())])
}

fn rejected_with(rejection: Rejection, errors: Vec<GraphqlError>) -> GraphqlResponse {
    GraphqlResponse { errors, rejection: Some(rejection), ..GraphqlResponse::default() }
}

fn invalid(code: Code, errors: Vec<GraphqlError>) -> Box<GraphqlResponse> {
    let errors = errors.into_iter().map(|mut error| {
        error.extensions.insert("code".to_owned(), code.as_str().into());
        error
    });
    Box::new(rejected_with(Rejection::BadRequest, errors.collect()))
}

fn too_complex(reason: &TooComplex) -> Box<GraphqlResponse> {
    Box::new(rejected(Rejection::TooComplex, ErrorBody::new(Code::TooComplex, reason.to_string())))
}

fn wrong_input(errors: Vec<InputError>) -> Box<GraphqlResponse> {
    let errors = errors.into_iter().take(MAX_ERRORS).map(|error| GraphqlError {
        locations: vec![location(error.position)],
        ..ErrorBody::bad_input(&error.path, error.to_string()).at(Vec::new())
    });
    Box::new(rejected_with(Rejection::BadRequest, errors.collect()))
}

const fn location(position: Pos) -> Location {
    Location { line: position.line, column: position.column }
}

/// More errors than this help nobody.
const MAX_ERRORS: usize = 50;

impl Gateway {
    /// Everything up to the point where the operation runs; what stands against it is a whole answer.
    pub(crate) async fn prepare(
        self: &Arc<Self>,
        request: GraphqlRequest,
    ) -> Result<Ready, Box<GraphqlResponse>> {
        let GraphqlRequest { query, operation_name, variables, extensions, read_only } = request;
        let (query, persist) = self.persisted.resolve(query, &extensions)?;
        let mut key = OperationKey { query, name: operation_name, conditions: Vec::new() };
        let prepared = if let Some(Cached::Operation(prepared)) = self.plans.get(&key) {
            prepared
        } else {
            let (gateway, key) = (Arc::clone(self), key.clone());
            on_other_thread(move || gateway.prepare_operation(&key)).await?
        };
        if let Some(hash) = persist {
            self.persisted.keep(hash, &key.query);
        }
        if read_only && prepared.operation.kind == OperationKind::Mutation {
            return Err(Box::new(rejected(
                Rejection::MethodNotAllowed,
                ErrorBody::new(Code::BadUserInput, "mutations need a `POST` request"),
            )));
        }
        let variables = coerce_variables(&self.schema, prepared.operation.variable_definitions(), variables)
            .map_err(wrong_input)?;
        let names = &prepared.operation.condition_variables;
        key.conditions =
            names.iter().map(|name| variables.get(name.as_str()) == Some(&Value::Boolean(true))).collect();
        let conditions = Conditions::new(names, &key.conditions);
        let plan = match &prepared.plan {
            Some(plan) => Arc::clone(plan),
            None => self.conditional_plan(key, &prepared, &conditions).await?,
        };
        let (found, limit) = (plan.cost.total(&variables), self.options().limits.complexity);
        if found > limit {
            return Err(too_complex(&TooComplex::Complexity { found, limit }));
        }
        Ok(Ready { prepared, plan, variables, conditions })
    }

    /// The plan of an operation under a choice of its conditions.
    async fn conditional_plan(
        self: &Arc<Self>,
        key: OperationKey,
        prepared: &Arc<Prepared>,
        conditions: &Conditions,
    ) -> Result<Arc<Plan>, Box<GraphqlResponse>> {
        if let Some(Cached::Plan(plan)) = self.plans.get(&key) {
            return Ok(plan);
        }
        let (gateway, prepared, conditions) = (Arc::clone(self), Arc::clone(prepared), conditions.clone());
        let plan = on_other_thread(move || gateway.plan(&prepared.operation, &conditions)).await?;
        self.plans.insert(key, Cached::Plan(Arc::clone(&plan)), plan.bytes);
        Ok(plan)
    }

    fn prepare_operation(&self, key: &OperationKey) -> Result<Arc<Prepared>, Box<GraphqlResponse>> {
        let limits = &self.options().limits;
        check_text(&key.query, limits.tokens).map_err(|reason| too_complex(&reason))?;
        let document = parse(&key.query).map_err(|error| invalid(Code::GraphqlParseFailed, vec![*error]))?;
        let operation = Operation::select(document.clone(), key.name.as_deref()).map_err(|error| {
            let error = GraphqlError { message: error.to_string(), ..GraphqlError::default() };
            invalid(Code::GraphqlValidationFailed, vec![error])
        })?;
        check_shape(&operation, limits).map_err(|error| match error {
            ShapeError::Limit(reason) => too_complex(&reason),
            ShapeError::Cycle(_, position) => invalid(
                Code::GraphqlValidationFailed,
                vec![GraphqlError {
                    message: error.to_string(),
                    locations: vec![location(position)],
                    ..GraphqlError::default()
                }],
            ),
        })?;
        let missing_root = match operation.kind {
            OperationKind::Query => false,
            OperationKind::Mutation => self.schema.mutation.is_none(),
            OperationKind::Subscription => self.schema.subscription.is_none(),
        };
        let errors = if missing_root {
            let message = format!("the schema has no {}", format!("{:?}", operation.kind).to_lowercase());
            let locations = vec![location(position(&operation.definition))];
            vec![GraphqlError { message, locations, ..GraphqlError::default() }]
        } else {
            validate(&self.schema, &document)
        };
        if !errors.is_empty() {
            return Err(invalid(Code::GraphqlValidationFailed, errors));
        }
        let depends = !operation.condition_variables.is_empty();
        let plan = if depends { None } else { Some(self.plan(&operation, &Conditions::default())?) };
        let bytes = key.query.len() * BYTES_PER_CHARACTER + plan.as_ref().map_or(0, |plan| plan.bytes);
        let prepared = Arc::new(Prepared { operation, plan });
        self.plans.insert(key.clone(), Cached::Operation(Arc::clone(&prepared)), bytes);
        Ok(prepared)
    }

    fn plan(
        &self,
        operation: &Operation,
        conditions: &Conditions,
    ) -> Result<Arc<Plan>, Box<GraphqlResponse>> {
        let timeout = self.options().planning_timeout();
        let plan =
            self.executor.planner.plan(&self.schema, operation, conditions, timeout).map_err(|error| {
                tracing::error!(cause = %error, "an operation could not be planned");
                Box::new(rejected(Rejection::BadRequest, ErrorBody::internal()))
            })?;
        let introspecting =
            plan.selection.fields.iter().find(|field| matches!(field.content, FieldContent::Introspection));
        if let Some(field) = introspecting
            && !self.options().introspection
        {
            let message = "introspection is switched off".to_owned();
            let locations = vec![location(field.position)];
            let error = GraphqlError { message, locations, ..GraphqlError::default() };
            return Err(invalid(Code::GraphqlValidationFailed, vec![error]));
        }
        Ok(Arc::new(plan))
    }
}

/// The syntax tree of an operation takes about this many times its text.
const BYTES_PER_CHARACTER: usize = 12;

/// Planning may take milliseconds: other requests of this thread need not wait for it.
async fn on_other_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Box<GraphqlResponse>> + Send + 'static,
) -> Result<T, Box<GraphqlResponse>> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => {
            tracing::error!(cause = %error, "planning an operation failed");
            Err(Box::new(rejected(Rejection::BadRequest, ErrorBody::internal())))
        }
    }
}
