use std::{
    collections::{BTreeSet, HashMap},
    sync::OnceLock,
    time::{Duration, Instant},
};

use graphql_tools::static_graphql::query::{Document, SelectionSet, VariableDefinition};
use hive_router_query_planner::{
    ast::normalization::normalize_operation,
    graph::PlannerOverrideContext,
    planner::{Planner as HivePlanner, QueryPlannerOptions, plan_nodes::PlanNode},
    utils::{
        cancellation::CancellationToken,
        parsing::{safe_parse_operation, safe_parse_schema},
    },
};

use super::{
    Node, Plan,
    convert::Converter,
    cut::{
        Entities, Part, STRATEGIES, Strategy, cut, fill, plain_field, requires_on_some_types, selection_set,
    },
    entrance::{entrance, split_entrance, with_entrances},
    joins::{entity_keys, interface_objects, requiring_fields},
    request::{document, planner_selection},
    select,
};
use crate::{
    guard::Cost,
    operation::{Conditions, Operation, OperationKind},
    schema_index::SchemaIndex,
};

/// Plans operations over a supergraph. The one place that knows the planner's own types, with
/// `convert` and `entrance`.
pub(crate) struct Planner {
    hive: HivePlanner,
    /// Plans what begins at entities; made when it is first needed.
    from_entities: OnceLock<Option<HivePlanner>>,
    pub(super) supergraph: SchemaIndex,
    entities: Entities,
    pub(super) subgraphs: HashMap<String, SubgraphPlace>,
}

pub(super) struct SubgraphPlace {
    pub(super) index: usize,
    pub(super) wants_parsed_documents: bool,
    /// The interfaces that are one type in this subgraph.
    pub(super) interface_objects: BTreeSet<String>,
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
        let supergraph = SchemaIndex::new(document);
        let mut interface_objects = interface_objects(&supergraph);
        let subgraphs = subgraphs
            .into_iter()
            .enumerate()
            .map(|(index, (id, wants_parsed_documents))| {
                let interface_objects = interface_objects.remove(id).unwrap_or_default();
                (id.to_owned(), SubgraphPlace { index, wants_parsed_documents, interface_objects })
            })
            .collect();
        let entities = Entities { keys: entity_keys(&supergraph), requiring: requiring_fields(&supergraph) };
        Ok(Self { hive, from_entities: OnceLock::new(), supergraph, entities, subgraphs })
    }

    /// Whether there is a plan for a query over the supergraph.
    pub(crate) fn can_plan(&self, query: &str, timeout: Duration) -> bool {
        safe_parse_operation(query)
            .is_ok_and(|document| plan_with(&self.hive, &document, Instant::now() + timeout).is_ok())
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
        let resolves_late = |name: &str| self.resolves_late(name);
        let mut planning = Planning {
            planner: self,
            converter: Converter { planner: self, bytes: 1_024 },
            kind: operation.kind,
            variables: operation.variable_definitions(),
            deadline: Instant::now() + timeout,
            attempts: 0,
        };
        let node = match planner_selection(schema, operation, conditions, &resolves_late) {
            None => None,
            Some(set) => planning.plan(&Root::Operation(operation.root_type(schema)), &set)?.0,
        };
        let selection = select(schema, operation, conditions);
        let cost = Cost::of(schema, operation, conditions);
        let bytes = planning.converter.bytes + BYTES_PER_FIELD * count_fields(operation);
        Ok(Plan { node, selection, cost, bytes })
    }

    /// Whether a subgraph has one type for all that implement an interface.
    fn resolves_late(&self, interface: &str) -> bool {
        self.hive.supergraph.interface_object_types_in_subgraphs.contains_key(interface)
    }

    fn entity_planner(&self) -> Option<&HivePlanner> {
        let make = || {
            let document = with_entrances(&self.supergraph, &self.entities.keys);
            HivePlanner::new_from_supergraph(&document, QueryPlannerOptions::default())
                .inspect_err(|error| tracing::error!(cause = %error, "there is no planner from entities"))
                .ok()
        };
        self.from_entities.get_or_init(make).as_ref()
    }
}

/// Where a plan begins.
enum Root<'a> {
    /// At the root fields of the operation.
    Operation(&'a str),
    /// At entities of this type that are at hand.
    Entity(&'a str),
}

/// One operation on its way to a plan.
struct Planning<'a> {
    planner: &'a Planner,
    converter: Converter<'a>,
    kind: OperationKind,
    variables: &'a [VariableDefinition],
    deadline: Instant,
    /// How many plans were tried.
    attempts: usize,
}

/// No more plans than this are tried for one operation: parts inside parts would multiply.
const MAX_ATTEMPTS: usize = 500;

/// What fetches a selection, and what it needs of the entities that it begins at.
type Planned = (Option<Node>, SelectionSet);

impl Planning<'_> {
    fn plan(&mut self, root: &Root<'_>, set: &SelectionSet) -> Result<Planned, PlanError> {
        let Planner { supergraph, entities, .. } = self.planner;
        let (Root::Operation(type_name) | Root::Entity(type_name)) = *root;
        let resolves_late = |name: &str| self.planner.resolves_late(name);
        let mut first_error = None;
        if !requires_on_some_types(supergraph, entities, &resolves_late, type_name, set) {
            match self.whole(root, set) {
                Ok(planned) => return Ok(planned),
                Err(error) => first_error = Some(error),
            }
        }
        for strategy in STRATEGIES {
            if self.attempts >= MAX_ATTEMPTS || Instant::now() >= self.deadline {
                break;
            }
            match self.in_parts(strategy, root, set) {
                Ok(Some(planned)) => return Ok(planned),
                Ok(None) => {}
                Err(error) => first_error = first_error.or(Some(error)),
            }
        }
        first_error.map_or_else(|| self.whole(root, set), Err)
    }

    /// A plan of the rest and plans of what is taken out; `None` where nothing is.
    fn in_parts(
        &mut self,
        strategy: Strategy,
        root: &Root<'_>,
        set: &SelectionSet,
    ) -> Result<Option<Planned>, PlanError> {
        let (Root::Operation(type_name) | Root::Entity(type_name)) = *root;
        let (mut rest, parts) =
            cut(&self.planner.supergraph, &self.planner.entities, strategy, type_name, set);
        if parts.is_empty() {
            return Ok(None);
        }
        let (mut nodes, mut needs) = (Vec::new(), Vec::with_capacity(parts.len()));
        for Part { entity, path, selection } in &parts {
            let (node, need) = self.plan(&Root::Entity(entity), selection)?;
            needs.push(need);
            nodes.extend(node.map(|node| node.below(path)));
        }
        fill(&mut rest, &needs);
        let (first, need) = self.whole(root, &rest)?;
        let node = match (first, Node::parallel(nodes)) {
            (Some(first), Some(then)) => Some(Node::Sequence(vec![first, then])),
            (first, then) => first.or(then),
        };
        Ok(Some((node, need)))
    }

    /// The planner's own plan.
    fn whole(&mut self, root: &Root<'_>, set: &SelectionSet) -> Result<Planned, PlanError> {
        self.attempts += 1;
        match *root {
            Root::Operation(_) => {
                let document = document(self.kind, self.variables, set.clone());
                let node = plan_with(&self.planner.hive, &document, self.deadline)?;
                let node = node.map(|node| self.converter.node(node)).transpose()?;
                Ok((node, selection_set(Vec::new())))
            }
            Root::Entity(entity) => {
                let hive = self
                    .planner
                    .entity_planner()
                    .ok_or_else(|| PlanError::Supergraph("it has no entrances".to_owned()))?;
                let field = plain_field(entrance(entity), None, set.items.clone());
                let set = selection_set(vec![field]);
                let document = document(OperationKind::Query, self.variables, set);
                let node = plan_with(hive, &document, self.deadline)?;
                let (need, rest) = node.and_then(split_entrance).ok_or_else(|| {
                    PlanError::UnknownNode("a plan that does not begin at entities".to_owned())
                })?;
                let node = rest.map(|node| self.converter.node(node)).transpose()?;
                Ok((node.map(Node::without_first_step), need))
            }
        }
    }
}

fn plan_with(
    hive: &HivePlanner,
    document: &Document,
    deadline: Instant,
) -> Result<Option<PlanNode>, PlanError> {
    let normalized = normalize_operation(&hive.supergraph, document, None)
        .map_err(|error| PlanError::Normalization(error.to_string()))?;
    let left = deadline.saturating_duration_since(Instant::now());
    let cancellation = CancellationToken::with_timeout(left);
    hive.plan_from_normalized_operation(
        normalized.executable_operation(),
        PlannerOverrideContext::default(),
        &cancellation,
    )
    .map(|plan| plan.node)
    .map_err(|error| PlanError::Planning(error.to_string()))
}

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
