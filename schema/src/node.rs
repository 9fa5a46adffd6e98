use std::{
    collections::{BTreeSet, HashMap, HashSet},
    fmt::Write,
    sync::Arc,
};

use crate::compose::{CompositionErrors, PartKind, SubgraphSdl, TypePart, parts};
use async_graphql::{
    Name, PathSegment, ServerError, Value, Variables,
    indexmap::IndexMap,
    parser::types::{ExecutableDocument, Field, Selection, SelectionSet},
    value,
};
use async_trait::async_trait;
use callboard_kit::{
    Code, GlobalId, Problem, RequestContext, Subgraph, SubgraphRequest, SubgraphResponse, SubgraphService,
};
use futures::{
    StreamExt,
    future::join_all,
    stream::{self, BoxStream},
};

/// The SDL of the gateway's own subgraph: `node` and `nodes` over the types that implement `Node` and have the key
/// `id`. `None` where there are none.
pub(crate) fn node_sdl(subgraphs: &[SubgraphSdl<'_>]) -> Result<Option<String>, CompositionErrors> {
    let mut objects = BTreeSet::new();
    for subgraph in subgraphs {
        for part in parts(*subgraph)? {
            let is_object = part.kind == PartKind::Object && !part.is_interface_object();
            if is_object && part.has_id_key(false) && is_node(&part) {
                objects.insert(part.name);
            }
        }
    }
    if objects.is_empty() {
        return Ok(None);
    }
    let mut sdl = String::from(
        r#"extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])

type Query {
  "The object with this id; null where there is none, or none that the viewer may see."
  node(
    "A global id, as `id` fields hold it."
    id: ID!
  ): Node
  "The objects with these ids, in the order asked; null where there is none, or none that the viewer may see."
  nodes(
    "Global ids, as `id` fields hold them."
    ids: [ID!]!
  ): [Node]
}

"Anything with a global id."
interface Node {
  "Opaque, unique in the whole graph, stable over time."
  id: ID!
}
"#,
    );
    for name in &objects {
        let _ = write!(sdl, "\ntype {name} implements Node @key(fields: \"id\") {{\n  id: ID!\n}}\n");
    }
    Ok(Some(sdl))
}

fn is_node(part: &TypePart) -> bool {
    part.interfaces.iter().any(|interface| interface == "Node")
}

/// Answers `node` and `nodes`: asks the subgraph that owns the type inside an id whether the viewer has such an object,
/// and of which type it is.
pub(crate) struct NodeLookup {
    owners: HashMap<String, Arc<dyn SubgraphService>>,
}

impl NodeLookup {
    pub(crate) fn new(subgraphs: &[Subgraph]) -> Result<Self, CompositionErrors> {
        let mut owners: HashMap<String, Arc<dyn SubgraphService>> = HashMap::new();
        let mut of_nodes = HashSet::new();
        for subgraph in subgraphs {
            let sdl = SubgraphSdl { id: &subgraph.id, sdl: &subgraph.sdl, url: None };
            for part in parts(sdl)? {
                if part.is_interface_object() || !part.has_id_key(true) {
                    continue;
                }
                // Where several resolve a type, the one that calls it a `Node` gave out the ids.
                let better = is_node(&part) && of_nodes.insert(part.name.clone());
                if better || !owners.contains_key(&part.name) {
                    owners.insert(part.name, Arc::clone(&subgraph.service));
                }
            }
        }
        Ok(Self { owners })
    }

    /// The type names of the objects with these ids.
    async fn types(
        &self,
        ids: &[String],
        context: &RequestContext,
    ) -> Vec<Result<Option<String>, Vec<ServerError>>> {
        let mut by_type: IndexMap<String, Vec<usize>> = IndexMap::new();
        for (index, id) in ids.iter().enumerate() {
            if let Some(GlobalId { type_name, .. }) = GlobalId::decode(id)
                && self.owners.contains_key(&type_name)
            {
                by_type.entry(type_name).or_default().push(index);
            }
        }
        let lookups = by_type.iter().filter_map(|(type_name, indexes)| {
            let owner = self.owners.get(type_name)?;
            Some(async move {
                let asked = indexes.iter().map(|index| ids[*index].as_str());
                (indexes, lookup(owner.as_ref(), type_name, asked, context).await)
            })
        });
        let mut types: Vec<_> = ids.iter().map(|_| Ok(None)).collect();
        for (indexes, answer) in join_all(lookups).await {
            for (position, index) in indexes.iter().enumerate() {
                types[*index] = match &answer {
                    Ok(names) => Ok(names.get(position).cloned().flatten()),
                    Err(errors) => Err(errors.clone()),
                };
            }
        }
        types
    }
}

const ENTITIES: &str =
    "query($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }";

async fn lookup(
    owner: &dyn SubgraphService,
    type_name: &str,
    ids: impl Iterator<Item = &str>,
    context: &RequestContext,
) -> Result<Vec<Option<String>>, Vec<ServerError>> {
    let representations = ids.map(|id| value!({ "__typename": type_name, "id": id })).collect();
    let mut variables = Variables::default();
    variables.insert(Name::new("representations"), Value::List(representations));
    let response = owner
        .execute(SubgraphRequest {
            query: ENTITIES.into(),
            document: None,
            operation_name: None,
            variables,
            context: context.clone(),
        })
        .await;
    let Value::Object(mut data) = response.data else { return Err(response.errors) };
    match data.swap_remove("_entities") {
        Some(Value::List(entities)) => Ok(entities
            .into_iter()
            .map(|entity| match entity {
                Value::Object(mut fields) => match fields.swap_remove("__typename") {
                    Some(Value::String(name)) => Some(name),
                    _ => None,
                },
                _ => None,
            })
            .collect()),
        _ => Err(response.errors),
    }
}

#[async_trait]
impl SubgraphService for NodeLookup {
    async fn execute(&self, request: SubgraphRequest) -> SubgraphResponse {
        let Some(document) = &request.document else { return SubgraphResponse::default() };
        let Some((_, operation)) = document.operations.iter().next() else {
            return SubgraphResponse::default();
        };
        let mut response = SubgraphResponse::default();
        let mut data = IndexMap::new();
        for field in root_fields(document, &operation.node.selection_set.node) {
            let key = field.response_key().node.clone();
            let argument = |name: &str| {
                let value = field.get_argument(name)?.node.clone();
                value.into_const_with(|name| request.variables.get(&name).cloned().ok_or(())).ok()
            };
            let (ids, is_list) = match (argument("id"), argument("ids")) {
                (Some(Value::String(id)), _) => (vec![id], false),
                (_, Some(Value::List(ids))) => {
                    let ids = ids.into_iter().filter_map(|id| match id {
                        Value::String(id) => Some(id),
                        _ => None,
                    });
                    (ids.collect(), true)
                }
                _ => (Vec::new(), false),
            };
            let types = self.types(&ids, &request.context).await;
            let mut values = Vec::with_capacity(ids.len());
            for (index, (id, found)) in ids.iter().zip(types).enumerate() {
                values.push(match found {
                    Ok(Some(type_name)) => object(document, &field.selection_set.node, &type_name, id),
                    Ok(None) => Value::Null,
                    Err(errors) => {
                        let mut path = vec![PathSegment::Field(key.to_string())];
                        if is_list {
                            path.push(PathSegment::Index(index));
                        }
                        response.errors.push(failed(errors, path));
                        Value::Null
                    }
                });
            }
            let value = if is_list { Value::List(values) } else { values.pop().unwrap_or_default() };
            data.insert(key, value);
        }
        response.data = Value::Object(data);
        response
    }

    fn subscribe(&self, _request: SubgraphRequest) -> BoxStream<'static, SubgraphResponse> {
        stream::empty().boxed()
    }

    fn wants_parsed_documents(&self) -> bool {
        true
    }
}

fn failed(errors: Vec<ServerError>, path: Vec<PathSegment>) -> ServerError {
    let error = errors.into_iter().next().unwrap_or_else(|| {
        let problem = Problem::new(Code::Unavailable, "the owner of this id did not answer");
        async_graphql::Error::from(problem).into_server_error(async_graphql::Pos::default())
    });
    error.with_path(path)
}

fn root_fields<'a>(document: &'a ExecutableDocument, set: &'a SelectionSet) -> Vec<&'a Field> {
    let mut fields = Vec::new();
    visit(document, set, &mut |field| fields.push(field));
    fields
}

/// `__typename` and `id` are all that this subgraph has, whatever the type.
fn object(document: &ExecutableDocument, set: &SelectionSet, type_name: &str, id: &str) -> Value {
    let mut fields = IndexMap::new();
    visit(document, set, &mut |field| {
        let value = if field.name.node == "__typename" { type_name } else { id };
        fields.insert(field.response_key().node.clone(), Value::from(value));
    });
    Value::Object(fields)
}

fn visit<'a>(document: &'a ExecutableDocument, set: &'a SelectionSet, each: &mut impl FnMut(&'a Field)) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => each(&field.node),
            Selection::InlineFragment(inline) => visit(document, &inline.node.selection_set.node, each),
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                    visit(document, &fragment.node.selection_set.node, each);
                }
            }
        }
    }
}
