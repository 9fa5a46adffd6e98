//! The planner's plans in our own types.

use std::sync::Arc;

use async_graphql::{Name, Value, parser::parse_query};
use hive_router_query_planner::{
    ast::{
        fragment::FragmentDefinition,
        operation::SubgraphFetchOperation,
        selection_item::SelectionItem,
        selection_set::{FieldSelection, SelectionSet},
    },
    planner::plan_nodes::{
        BatchFetchNode, EntityBatchAlias, FetchNode, FetchNodePathSegment, FetchRewrite,
        FlattenNodePathSegment, PlanNode,
    },
    state::supergraph_state::OperationKind,
};

use super::{
    EntityFetch, EntityInput, EntityOutput, FetchOperation, FlattenStep, Node, Requirement, Rewrite,
    RewriteAction, RewriteStep, RootFetch,
    fetched::fetched_fields,
    planner::{PlanError, Planner, SubgraphPlace},
};
use crate::schema_index::{SchemaIndex, TypeNames, named_type};

/// Makes nodes of the planner's.
pub(super) struct Converter<'a> {
    pub(super) planner: &'a Planner,
    /// What the plan is estimated to take in the cache.
    pub(super) bytes: usize,
}

impl Converter<'_> {
    pub(super) fn node(&mut self, node: PlanNode) -> Result<Node, PlanError> {
        Ok(match node {
            PlanNode::Fetch(fetch) => self.fetch(fetch, Vec::new())?,
            PlanNode::BatchFetch(fetch) => Node::Entities(self.batch(fetch)?),
            PlanNode::Flatten(flatten) => match *flatten.node {
                PlanNode::Fetch(fetch) => self.fetch(fetch, self.path(flatten.path.as_slice()))?,
                other => return Err(PlanError::UnknownNode(format!("{other:.80?}"))),
            },
            PlanNode::Sequence(sequence) => Node::Sequence(self.nodes(sequence.nodes)?),
            PlanNode::Parallel(parallel) => Node::Parallel(self.nodes(parallel.nodes)?),
            PlanNode::Condition(condition) => {
                let mut branch =
                    |node: Option<Box<PlanNode>>| node.map(|node| self.node(*node).map(Box::new)).transpose();
                Node::Condition {
                    variable: Name::new(condition.condition),
                    included: branch(condition.if_clause)?,
                    skipped: branch(condition.else_clause)?,
                }
            }
            PlanNode::Subscription(subscription) => match self.fetch(subscription.primary, Vec::new())? {
                Node::Root(fetch) => Node::Subscription(fetch),
                other => return Err(PlanError::UnknownNode(format!("{other:.80?}"))),
            },
            PlanNode::Defer(_) => return Err(PlanError::UnknownNode("Defer".to_owned())),
        })
    }

    fn nodes(&mut self, nodes: Vec<PlanNode>) -> Result<Vec<Node>, PlanError> {
        nodes.into_iter().map(|node| self.node(node)).collect()
    }

    fn fetch(&mut self, mut fetch: FetchNode, path: Vec<FlattenStep>) -> Result<Node, PlanError> {
        self.name_types(&fetch.service_name, &mut fetch.operation);
        let operation = self.operation(&fetch.service_name, &fetch.operation)?;
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

    fn batch(&mut self, mut fetch: BatchFetchNode) -> Result<EntityFetch, PlanError> {
        self.name_types(&fetch.service_name, &mut fetch.operation);
        let operation = self.operation(&fetch.service_name, &fetch.operation)?;
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

    /// Asks for the type of every object that may be of several. The planner is not asked to do it: it would take it for
    /// a field like others, which no `@provides` covers.
    fn name_types(&self, service: &str, operation: &mut SubgraphFetchOperation) {
        let Some(place) = self.planner.subgraphs.get(service) else { return };
        let supergraph = &self.planner.supergraph;
        let document = &mut operation.document;
        let root = match document.operation.operation_kind {
            Some(OperationKind::Mutation) => supergraph.mutation.as_deref(),
            Some(OperationKind::Subscription) => supergraph.subscription.as_deref(),
            Some(OperationKind::Query) | None => Some(supergraph.query.as_str()),
        };
        let naming = Naming { supergraph, place };
        let mut changed = naming.below(root.unwrap_or_default(), &mut document.operation.selection_set);
        for fragment in &mut document.fragments {
            changed |= naming.below(&fragment.type_condition, &mut fragment.selection_set);
        }
        if changed {
            operation.document_str = document.to_string();
        }
    }

    fn operation(
        &mut self,
        service: &str,
        operation: &SubgraphFetchOperation,
    ) -> Result<FetchOperation, PlanError> {
        let place = self
            .planner
            .subgraphs
            .get(service)
            .ok_or_else(|| PlanError::UnknownSubgraph(service.to_owned()))?;
        let document = place
            .wants_parsed_documents
            .then(|| parse_query(&operation.document_str).map(Arc::new))
            .transpose()?;
        self.bytes += BYTES_PER_CHARACTER * operation.document_str.len();
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
        let families = names.into_iter().map(|name| self.planner.supergraph.family(name));
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
            let family = self.planner.supergraph.family(&setter.set_value_to);
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
                    types: self.planner.supergraph.family(&inline.type_condition),
                    below: self.requirements(&inline.selections, fragments),
                }],
                SelectionItem::FragmentSpread(name) => fragments
                    .iter()
                    .filter(|fragment| fragment.name == *name)
                    .map(|fragment| Requirement::Fragment {
                        types: self.planner.supergraph.family(&fragment.type_condition),
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

/// Adds type names to the operations for one subgraph.
struct Naming<'a> {
    supergraph: &'a SchemaIndex,
    place: &'a SubgraphPlace,
}

impl Naming<'_> {
    fn below(&self, type_name: &str, set: &mut SelectionSet) -> bool {
        let mut changed = false;
        for item in &mut set.items {
            match item {
                SelectionItem::Field(field) => {
                    let definition = self.supergraph.field(type_name, &field.name);
                    let below = definition.map_or("", |definition| named_type(&definition.field_type));
                    changed |= self.below(below, &mut field.selections);
                    changed |= self.may_be_of_several(below) && add_typename(&mut field.selections);
                }
                SelectionItem::InlineFragment(inline) => {
                    changed |= self.below(&inline.type_condition, &mut inline.selections);
                }
                SelectionItem::FragmentSpread(_) => {}
            }
        }
        changed
    }

    fn may_be_of_several(&self, type_name: &str) -> bool {
        self.supergraph.is_abstract(type_name) && !self.place.interface_objects.contains(type_name)
    }
}

fn add_typename(set: &mut SelectionSet) -> bool {
    let is_there = set.items.iter().any(|item| match item {
        SelectionItem::Field(field) => field.name == "__typename" && field.alias.is_none(),
        _ => false,
    });
    if !is_there {
        set.items.insert(0, SelectionItem::Field(FieldSelection::new_typename()));
    }
    !is_there
}

/// A parsed document takes about this many times its text.
const BYTES_PER_CHARACTER: usize = 24;
