use std::{collections::HashMap, sync::Arc, time::Duration};

use async_graphql::{Name, Value, parser::parse_query};
use hive_router_query_planner::{
    ast::{
        fragment::FragmentDefinition, normalization::normalize_operation, operation::SubgraphFetchOperation,
        selection_item::SelectionItem, selection_set::SelectionSet,
    },
    graph::PlannerOverrideContext,
    planner::{
        Planner as HivePlanner, QueryPlannerOptions,
        plan_nodes::{
            BatchFetchNode, EntityBatchAlias, FetchNode, FetchNodePathSegment, FetchRewrite,
            FlattenNodePathSegment, PlanNode,
        },
    },
    utils::{
        cancellation::CancellationToken,
        parsing::{safe_parse_operation, safe_parse_schema},
    },
};

use super::{
    EntityFetch, EntityInput, EntityOutput, FetchOperation, FlattenStep, Node, Plan, Requirement, Rewrite,
    RewriteAction, RewriteStep, RootFetch, fetched::fetched_fields, request::planner_document, select,
};
use crate::{
    guard::Cost,
    operation::{Conditions, Operation},
    schema_index::{SchemaIndex, TypeNames},
};

/// Plans operations over a supergraph. The one place that knows the planner's own types.
pub(crate) struct Planner {
    hive: HivePlanner,
    supergraph: SchemaIndex,
    subgraphs: HashMap<String, SubgraphPlace>,
}

struct SubgraphPlace {
    index: usize,
    wants_parsed_documents: bool,
}

/// Why there is no plan.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PlanError {
    #[error("the supergraph cannot be read: {0}")]
    Supergraph(String),
    #[error("the operation cannot be normalized: {0}")]
    Normalization(String),
    #[error("the operation cannot be planned: {0}")]
    Planning(String),
    #[error("the plan names a subgraph `{0}` that there is not")]
    UnknownSubgraph(String),
    #[error("the plan has a node that is not known here: {0}")]
    UnknownNode(String),
    #[error("the plan has a fetch that does not parse: {0}")]
    FetchDocument(#[from] async_graphql::parser::Error),
}

impl Planner {
    /// A planner for subgraphs in the order given, each with whether it wants parsed documents.
    pub(crate) fn new<'a>(
        supergraph_sdl: &str,
        subgraphs: impl IntoIterator<Item = (&'a str, bool)>,
    ) -> Result<Self, PlanError> {
        let document =
            safe_parse_schema(supergraph_sdl).map_err(|error| PlanError::Supergraph(error.to_string()))?;
        let hive = HivePlanner::new_from_supergraph(&document, QueryPlannerOptions::default())
            .map_err(|error| PlanError::Supergraph(error.to_string()))?;
        let subgraphs = subgraphs
            .into_iter()
            .enumerate()
            .map(|(index, (id, wants_parsed_documents))| {
                (id.to_owned(), SubgraphPlace { index, wants_parsed_documents })
            })
            .collect();
        Ok(Self { hive, supergraph: SchemaIndex::new(document), subgraphs })
    }

    /// Whether there is a plan for a query over the supergraph.
    pub(crate) fn can_plan(&self, query: &str, timeout: Duration) -> bool {
        let Ok(document) = safe_parse_operation(query) else { return false };
        let Ok(normalized) = normalize_operation(&self.hive.supergraph, &document, None) else {
            return false;
        };
        let operation = normalized.executable_operation();
        let cancellation = CancellationToken::with_timeout(timeout);
        let overrides = PlannerOverrideContext::default();
        self.hive.plan_from_normalized_operation(operation, overrides, &cancellation).is_ok()
    }

    /// All types of the supergraph, those that clients do not see included.
    pub(crate) const fn supergraph(&self) -> &SchemaIndex {
        &self.supergraph
    }

    /// The plan of an operation that is valid.
    pub(crate) fn plan(
        &self,
        schema: &SchemaIndex,
        operation: &Operation,
        conditions: &Conditions,
        timeout: Duration,
    ) -> Result<Plan, PlanError> {
        let resolves_late =
            |name: &str| self.hive.supergraph.interface_object_types_in_subgraphs.contains_key(name);
        let mut bytes = 1_024;
        let node = match planner_document(schema, operation, conditions, &resolves_late) {
            None => None,
            Some(document) => {
                let normalized = normalize_operation(&self.hive.supergraph, &document, None)
                    .map_err(|error| PlanError::Normalization(error.to_string()))?;
                let plan = self
                    .hive
                    .plan_from_normalized_operation(
                        normalized.executable_operation(),
                        PlannerOverrideContext::default(),
                        &CancellationToken::with_timeout(timeout),
                    )
                    .map_err(|error| PlanError::Planning(error.to_string()))?;
                plan.node.map(|node| self.node(node, &mut bytes)).transpose()?
            }
        };
        let selection = select(schema, operation, conditions);
        let cost = Cost::of(schema, operation, conditions);
        bytes += BYTES_PER_FIELD * count_fields(operation);
        Ok(Plan { node, selection, cost, bytes })
    }

    fn node(&self, node: PlanNode, bytes: &mut usize) -> Result<Node, PlanError> {
        Ok(match node {
            PlanNode::Fetch(fetch) => self.fetch(fetch, Vec::new(), bytes)?,
            PlanNode::BatchFetch(fetch) => Node::Entities(self.batch(fetch, bytes)?),
            PlanNode::Flatten(flatten) => match *flatten.node {
                PlanNode::Fetch(fetch) => self.fetch(fetch, self.path(flatten.path.as_slice()), bytes)?,
                other => return Err(PlanError::UnknownNode(format!("{other:.80?}"))),
            },
            PlanNode::Sequence(sequence) => Node::Sequence(self.nodes(sequence.nodes, bytes)?),
            PlanNode::Parallel(parallel) => Node::Parallel(self.nodes(parallel.nodes, bytes)?),
            PlanNode::Condition(condition) => {
                let mut branch = |node: Option<Box<PlanNode>>| {
                    node.map(|node| self.node(*node, bytes).map(Box::new)).transpose()
                };
                Node::Condition {
                    variable: Name::new(condition.condition),
                    included: branch(condition.if_clause)?,
                    skipped: branch(condition.else_clause)?,
                }
            }
            PlanNode::Subscription(subscription) => {
                match self.fetch(subscription.primary, Vec::new(), bytes)? {
                    Node::Root(fetch) => Node::Subscription(fetch),
                    other => return Err(PlanError::UnknownNode(format!("{other:.80?}"))),
                }
            }
            PlanNode::Defer(_) => return Err(PlanError::UnknownNode("Defer".to_owned())),
        })
    }

    fn nodes(&self, nodes: Vec<PlanNode>, bytes: &mut usize) -> Result<Vec<Node>, PlanError> {
        nodes.into_iter().map(|node| self.node(node, bytes)).collect()
    }

    fn fetch(&self, fetch: FetchNode, path: Vec<FlattenStep>, bytes: &mut usize) -> Result<Node, PlanError> {
        let operation = self.operation(&fetch.service_name, &fetch.operation, bytes)?;
        let fragments = &fetch.operation.document.fragments;
        let selection_set = &fetch.operation.document.operation.selection_set;
        let output_rewrites = self.rewrites(fetch.output_rewrites);
        let Some(requires) = &fetch.requires else {
            let fields = fetched_fields(selection_set, fragments, &output_rewrites);
            return Ok(Node::Root(RootFetch { operation, path, rewrites: output_rewrites, fields }));
        };
        let entities = selection_set
            .entities_field()
            .ok_or_else(|| PlanError::UnknownNode("an entity fetch without `_entities`".to_owned()))?;
        let fields = fetched_fields(&entities.selections, fragments, &output_rewrites);
        let output = EntityOutput {
            key: Name::new(entities.selection_identifier()),
            rewrites: output_rewrites,
            fields,
        };
        let input = EntityInput {
            variable: Name::new(entities.representations_variable_name().unwrap_or("representations")),
            paths: vec![path],
            requires: self.entity_requirements(requires, fragments, fetch.input_rewrites.as_deref()),
            rewrites: self.rewrites(fetch.input_rewrites),
            outputs: vec![output],
        };
        Ok(Node::Entities(EntityFetch { operation, inputs: vec![input] }))
    }

    fn batch(&self, fetch: BatchFetchNode, bytes: &mut usize) -> Result<EntityFetch, PlanError> {
        let operation = self.operation(&fetch.service_name, &fetch.operation, bytes)?;
        let fragments = &fetch.operation.document.fragments;
        let selections = &fetch.operation.document.operation.selection_set;
        let mut inputs: Vec<EntityInput> = Vec::new();
        for alias in fetch.entity_batch.aliases {
            let EntityBatchAlias {
                alias: key,
                representations_variable_name,
                merge_paths,
                requires,
                input_rewrites,
                output_rewrites,
            } = alias;
            let rewrites = self.rewrites(output_rewrites);
            let below = selections.items.iter().find_map(|item| match item {
                SelectionItem::Field(field) if field.selection_identifier() == key => Some(&field.selections),
                _ => None,
            });
            let fields = below.map(|set| fetched_fields(set, fragments, &rewrites)).unwrap_or_default();
            let output = EntityOutput { key: Name::new(key), rewrites, fields };
            // Aliases that share a variable share where its representations come from.
            match inputs.iter_mut().find(|input| input.variable == representations_variable_name.as_str()) {
                Some(input) => input.outputs.push(output),
                None => inputs.push(EntityInput {
                    variable: Name::new(representations_variable_name),
                    paths: merge_paths.iter().map(|path| self.path(path.as_slice())).collect(),
                    requires: self.entity_requirements(&requires, fragments, input_rewrites.as_deref()),
                    rewrites: self.rewrites(input_rewrites),
                    outputs: vec![output],
                }),
            }
        }
        Ok(EntityFetch { operation, inputs })
    }

    fn operation(
        &self,
        service: &str,
        operation: &SubgraphFetchOperation,
        bytes: &mut usize,
    ) -> Result<FetchOperation, PlanError> {
        let place =
            self.subgraphs.get(service).ok_or_else(|| PlanError::UnknownSubgraph(service.to_owned()))?;
        let document = place
            .wants_parsed_documents
            .then(|| parse_query(&operation.document_str).map(Arc::new))
            .transpose()?;
        *bytes += BYTES_PER_CHARACTER * operation.document_str.len();
        let representations: Vec<&str> = operation
            .document
            .operation
            .selection_set
            .items
            .iter()
            .filter_map(|item| match item {
                SelectionItem::Field(field) if field.name == "_entities" => {
                    field.representations_variable_name()
                }
                _ => None,
            })
            .collect();
        let variables = operation
            .document
            .operation
            .variable_definitions
            .iter()
            .flatten()
            .filter(|definition| !representations.contains(&definition.name.as_str()))
            .map(|definition| Name::new(&definition.name))
            .collect();
        Ok(FetchOperation {
            subgraph: place.index,
            query: operation.document_str.as_str().into(),
            document,
            variables,
        })
    }

    fn path(&self, path: &[FlattenNodePathSegment]) -> Vec<FlattenStep> {
        path.iter()
            .map(|segment| match segment {
                FlattenNodePathSegment::Field(name) => FlattenStep::Field(Name::new(name)),
                FlattenNodePathSegment::List => FlattenStep::List,
                FlattenNodePathSegment::TypeCondition(names) => FlattenStep::Type(self.family(names)),
            })
            .collect()
    }

    fn family<'a>(&self, names: impl IntoIterator<Item = &'a String>) -> TypeNames {
        let families = names.into_iter().map(|name| self.supergraph.family(name));
        Arc::new(families.flat_map(|family| family.iter().cloned().collect::<Vec<_>>()).collect())
    }

    /// What stands for an entity in a fetch.
    ///
    /// Where fetches from an interface object for several types become one, the planner keeps the condition of one of
    /// them only. Such a fetch asks of all: what the client did not ask for is left out of the answer later on.
    fn entity_requirements(
        &self,
        set: &SelectionSet,
        fragments: &[FragmentDefinition],
        rewrites: Option<&[FetchRewrite]>,
    ) -> Vec<Requirement> {
        let mut requirements = self.requirements(set, fragments);
        for rewrite in rewrites.into_iter().flatten() {
            let FetchRewrite::ValueSetter(setter) = rewrite else { continue };
            let family = self.supergraph.family(&setter.set_value_to);
            for requirement in &mut requirements {
                if let Requirement::Fragment { types, .. } = requirement
                    && types.is_subset(&family)
                {
                    *types = Arc::clone(&family);
                }
            }
        }
        requirements
    }

    fn requirements(&self, set: &SelectionSet, fragments: &[FragmentDefinition]) -> Vec<Requirement> {
        set.items
            .iter()
            .flat_map(|item| match item {
                SelectionItem::Field(field) => vec![Requirement::Field {
                    source: Name::new(&field.name),
                    name: Name::new(field.selection_identifier()),
                    below: self.requirements(&field.selections, fragments),
                }],
                SelectionItem::InlineFragment(inline) => vec![Requirement::Fragment {
                    types: self.supergraph.family(&inline.type_condition),
                    below: self.requirements(&inline.selections, fragments),
                }],
                SelectionItem::FragmentSpread(name) => fragments
                    .iter()
                    .filter(|fragment| fragment.name == *name)
                    .map(|fragment| Requirement::Fragment {
                        types: self.supergraph.family(&fragment.type_condition),
                        below: self.requirements(&fragment.selection_set, fragments),
                    })
                    .collect(),
            })
            .collect()
    }

    fn rewrites(&self, rewrites: Option<Vec<FetchRewrite>>) -> Vec<Rewrite> {
        let path = |path: Vec<FetchNodePathSegment>| {
            path.into_iter()
                .map(|segment| match segment {
                    FetchNodePathSegment::Key(key) => RewriteStep::Key(Name::new(key)),
                    FetchNodePathSegment::TypenameEquals(names) => RewriteStep::Type(self.family(&names)),
                })
                .collect()
        };
        rewrites
            .into_iter()
            .flatten()
            .map(|rewrite| match rewrite {
                FetchRewrite::ValueSetter(setter) => Rewrite {
                    path: path(setter.path),
                    action: RewriteAction::Set(Value::String(setter.set_value_to)),
                },
                FetchRewrite::KeyRenamer(renamer) => Rewrite {
                    path: path(renamer.path),
                    action: RewriteAction::Rename(Name::new(renamer.rename_key_to)),
                },
            })
            .collect()
    }
}

/// A parsed document takes about this many times its text.
const BYTES_PER_CHARACTER: usize = 24;
/// A field of the client's operation: its syntax and what is made of it.
const BYTES_PER_FIELD: usize = 600;

fn count_fields(operation: &Operation) -> usize {
    fn count(set: &graphql_tools::static_graphql::query::SelectionSet) -> usize {
        use graphql_tools::static_graphql::query::Selection;
        set.items
            .iter()
            .map(|selection| match selection {
                Selection::Field(field) => 1 + count(&field.selection_set),
                Selection::InlineFragment(inline) => 1 + count(&inline.selection_set),
                Selection::FragmentSpread(_) => 1,
            })
            .sum()
    }
    count(operation.selection_set())
        + operation.fragments.values().map(|fragment| count(&fragment.selection_set)).sum::<usize>()
}
