//! A subgraph over a table of JSON: enough GraphQL to test a gateway with, in a few lines a fixture.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex},
    time::Duration,
};

use async_graphql::{
    Name, PathSegment, ServerError, Value,
    indexmap::IndexMap,
    parser::{
        parse_query,
        types::{ExecutableDocument, Field, OperationType, Selection, SelectionSet},
    },
};
use async_trait::async_trait;
use callboard_kit::{Subgraph, SubgraphRequest, SubgraphResponse, SubgraphService};
use futures::{StreamExt, stream::BoxStream};
use graphql_tools::{
    parser::parse_schema,
    static_graphql::schema::{Definition, Type, TypeDefinition, TypeExtension},
};
use serde_json::{Value as Json, json};

/// What a computed field is told.
pub struct Call<'a> {
    pub type_name: &'a str,
    pub field: &'a str,
    pub parent: &'a Json,
    pub arguments: &'a IndexMap<Name, Value>,
}

type Compute = dyn Fn(&Call<'_>) -> Option<Json> + Send + Sync;
type Requests = Arc<Mutex<Vec<(String, Json)>>>;

/// A subgraph made of data. `{"$error": "text"}` is a field that fails.
#[derive(Clone)]
pub struct Table {
    id: String,
    sdl: String,
    roots: Json,
    entities: Vec<Json>,
    events: Vec<Json>,
    compute: Option<Arc<Compute>>,
    delay: Option<Duration>,
    types: Arc<HashMap<String, HashMap<String, Type>>>,
    above: Arc<HashMap<String, HashSet<String>>>,
    requests: Requests,
}

impl Table {
    pub fn new(id: &str, sdl: &str) -> Self {
        let link = r#"extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@interfaceObject", "@tag"])"#;
        Self { sdl: format!("{link}\n{sdl}"), ..Self::without_link(id, sdl) }
    }

    /// As [`Table::new`], without the link to Federation v2.
    pub fn without_link(id: &str, sdl: &str) -> Self {
        let (types, above) = read_types(sdl);
        Self {
            id: id.to_owned(),
            sdl: sdl.to_owned(),
            roots: json!({}),
            entities: Vec::new(),
            events: Vec::new(),
            compute: None,
            delay: None,
            types: Arc::new(types),
            above: Arc::new(above),
            requests: Requests::default(),
        }
    }

    /// The same subgraph with a part of its SDL written otherwise.
    pub fn resdl(mut self, from: &str, to: &str) -> Self {
        assert!(self.sdl.contains(from));
        self.sdl = self.sdl.replace(from, to);
        self
    }

    pub fn roots(mut self, roots: Json) -> Self {
        self.roots = roots;
        self
    }

    pub fn entities(mut self, entities: Json) -> Self {
        self.entities = entities.as_array().cloned().unwrap();
        self
    }

    pub fn events(mut self, events: Json) -> Self {
        self.events = events.as_array().cloned().unwrap();
        self
    }

    pub fn compute(mut self, compute: impl Fn(&Call<'_>) -> Option<Json> + Send + Sync + 'static) -> Self {
        self.compute = Some(Arc::new(compute));
        self
    }

    pub fn delayed(mut self, delay: Duration) -> Self {
        self.delay = Some(delay);
        self
    }

    /// The requests it got: text and variables.
    pub fn requests(&self) -> Requests {
        Arc::clone(&self.requests)
    }

    pub fn subgraph(&self) -> Subgraph {
        Subgraph {
            id: self.id.clone(),
            sdl: self.sdl.clone(),
            url: None,
            timeout: None,
            service: Arc::new(self.clone()),
        }
    }

    fn answer(&self, request: &SubgraphRequest, roots: &Json) -> SubgraphResponse {
        let variables = serde_json::to_value(&request.variables).unwrap();
        self.requests.lock().unwrap().push((request.query.to_string(), variables));
        let document = parse_query(&*request.query).unwrap();
        let (_, operation) = document.operations.iter().next().unwrap();
        let root = match operation.node.ty {
            OperationType::Query => "Query",
            OperationType::Mutation => "Mutation",
            OperationType::Subscription => "Subscription",
        };
        let mut run = Run { table: self, document: &document, request, errors: Vec::new() };
        let data = run.object(root, roots, &operation.node.selection_set.node, &mut Vec::new());
        SubgraphResponse { data: data.unwrap_or_default(), errors: run.errors }
    }

    fn is(&self, type_name: &str, condition: &str) -> bool {
        type_name == condition || self.above.get(type_name).is_some_and(|above| above.contains(condition))
    }

    fn entity(&self, representation: &Json) -> Json {
        let wanted = representation.as_object().unwrap();
        let type_name = wanted["__typename"].as_str().unwrap();
        let matches = |entity: &&Json| {
            self.is(entity["__typename"].as_str().unwrap(), type_name)
                && wanted
                    .iter()
                    .filter(|(key, _)| *key != "__typename")
                    .any(|(key, value)| entity[key] == *value)
                && wanted.iter().all(|(key, value)| {
                    key == "__typename" || entity.get(key).is_none_or(|there| there == value)
                })
        };
        let Some(mut entity) = self.entities.iter().find(matches).cloned() else { return Json::Null };
        for (key, value) in wanted.iter().filter(|(key, _)| *key != "__typename") {
            entity[key] = value.clone();
        }
        entity
    }
}

/// Types of fields by type and name, and the interfaces and unions above each type.
type Types = (HashMap<String, HashMap<String, Type>>, HashMap<String, HashSet<String>>);

fn read_types(sdl: &str) -> Types {
    let document = parse_schema::<String>(sdl).unwrap().into_static();
    let mut types: HashMap<String, HashMap<String, Type>> = HashMap::new();
    let mut above: HashMap<String, HashSet<String>> = HashMap::new();
    for definition in document.definitions {
        let (name, fields, interfaces) = match definition {
            Definition::TypeDefinition(TypeDefinition::Object(object)) => {
                (object.name, object.fields, object.implements_interfaces)
            }
            Definition::TypeDefinition(TypeDefinition::Interface(interface)) => {
                (interface.name, interface.fields, interface.implements_interfaces)
            }
            Definition::TypeExtension(TypeExtension::Object(object)) => {
                (object.name, object.fields, object.implements_interfaces)
            }
            Definition::TypeDefinition(TypeDefinition::Union(union)) => {
                for member in union.types {
                    above.entry(member).or_default().insert(union.name.clone());
                }
                continue;
            }
            _ => continue,
        };
        above.entry(name.clone()).or_default().extend(interfaces);
        let fields = fields.into_iter().map(|field| (field.name, field.field_type));
        types.entry(name).or_default().extend(fields);
    }
    (types, above)
}

struct Run<'a> {
    table: &'a Table,
    document: &'a ExecutableDocument,
    request: &'a SubgraphRequest,
    errors: Vec<ServerError>,
}

/// A null that its place does not admit.
struct Propagate;

impl<'a> Run<'a> {
    fn object(
        &mut self,
        type_name: &str,
        object: &Json,
        set: &'a SelectionSet,
        path: &mut Vec<PathSegment>,
    ) -> Result<Value, Propagate> {
        let mut groups: IndexMap<Name, Vec<&'a Field>> = IndexMap::new();
        self.collect(type_name, set, &mut groups);
        let mut fields = IndexMap::new();
        for (key, group) in groups {
            path.push(PathSegment::Field(key.to_string()));
            let value = self.field(type_name, object, &group, path);
            path.pop();
            fields.insert(key, value?);
        }
        Ok(Value::Object(fields))
    }

    fn collect(&self, type_name: &str, set: &'a SelectionSet, groups: &mut IndexMap<Name, Vec<&'a Field>>) {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    groups.entry(field.node.response_key().node.clone()).or_default().push(&field.node);
                }
                Selection::InlineFragment(inline) => {
                    let condition = inline.node.type_condition.as_ref();
                    if condition.is_none_or(|on| self.table.is(type_name, &on.node.on.node)) {
                        self.collect(type_name, &inline.node.selection_set.node, groups);
                    }
                }
                Selection::FragmentSpread(spread) => {
                    let fragment = &self.document.fragments[&spread.node.fragment_name.node].node;
                    if self.table.is(type_name, &fragment.type_condition.node.on.node) {
                        self.collect(type_name, &fragment.selection_set.node, groups);
                    }
                }
            }
        }
    }

    fn field(
        &mut self,
        type_name: &str,
        object: &Json,
        group: &[&'a Field],
        path: &mut Vec<PathSegment>,
    ) -> Result<Value, Propagate> {
        let field = group[0];
        let name = field.name.node.as_str();
        let arguments: IndexMap<Name, Value> = field
            .arguments
            .iter()
            .filter_map(|(name, value)| {
                let value = value.node.clone();
                let value =
                    value.into_const_with(|name| self.request.variables.get(&name).cloned().ok_or(()));
                Some((name.node.clone(), value.ok()?))
            })
            .collect();
        if name == "__typename" {
            return Ok(Value::from(type_name));
        }
        if name == "_entities" {
            let representations = serde_json::to_value(&arguments["representations"]).unwrap();
            let entities = representations.as_array().unwrap().iter().map(|wanted| self.table.entity(wanted));
            let list = Json::Array(entities.collect());
            let entity = Type::ListType(Box::new(Type::NamedType("_Entity".to_owned())));
            return self.complete(&entity, &list, group, path);
        }
        let call = Call { type_name, field: name, parent: object, arguments: &arguments };
        let computed = self.table.compute.as_ref().and_then(|compute| compute(&call));
        let value = computed.unwrap_or_else(|| object.get(name).cloned().unwrap_or_default());
        let field_type = self.table.types[type_name]
            .get(name)
            .unwrap_or_else(|| panic!("`{}` has no field `{type_name}.{name}`", self.table.id))
            .clone();
        self.complete(&field_type, &value, group, path)
    }

    fn complete(
        &mut self,
        field_type: &Type,
        value: &Json,
        group: &[&'a Field],
        path: &mut Vec<PathSegment>,
    ) -> Result<Value, Propagate> {
        if let Some(message) = value.get("$error").and_then(Json::as_str) {
            let mut error = ServerError::new(message, None);
            error.path.clone_from(path);
            let mut extensions = async_graphql::ErrorExtensionValues::default();
            extensions.set("code", value.get("code").and_then(Json::as_str).unwrap_or("TESTED"));
            error.extensions = Some(extensions);
            self.errors.push(error);
            return if matches!(field_type, Type::NonNullType(_)) { Err(Propagate) } else { Ok(Value::Null) };
        }
        match (field_type, value) {
            (Type::NonNullType(inner), value) => match self.complete(inner, value, group, path)? {
                Value::Null => Err(Propagate),
                value => Ok(value),
            },
            (_, Json::Null) => Ok(Value::Null),
            (Type::ListType(item), Json::Array(items)) => {
                let mut values = Vec::new();
                for (index, value) in items.iter().enumerate() {
                    path.push(PathSegment::Index(index));
                    let value = self.complete(item, value, group, path);
                    path.pop();
                    match value {
                        Ok(value) => values.push(value),
                        Err(Propagate) => return Ok(Value::Null),
                    }
                }
                Ok(Value::List(values))
            }
            (Type::NamedType(name), Json::Object(_)) if !group[0].selection_set.node.items.is_empty() => {
                let runtime = value.get("__typename").and_then(Json::as_str).unwrap_or(name).to_owned();
                let mut set = SelectionSet::default();
                for field in group {
                    set.items.extend(field.selection_set.node.items.iter().cloned());
                }
                let set: &'a SelectionSet = Box::leak(Box::new(set));
                Ok(self.object(&runtime, value, set, path).unwrap_or_default())
            }
            _ => Ok(Value::from_json(value.clone()).unwrap()),
        }
    }
}

#[async_trait]
impl SubgraphService for Table {
    async fn execute(&self, request: SubgraphRequest) -> SubgraphResponse {
        if let Some(delay) = self.delay {
            tokio::time::sleep(delay).await;
        }
        self.answer(&request, &self.roots)
    }

    fn subscribe(&self, request: SubgraphRequest) -> BoxStream<'static, SubgraphResponse> {
        let table = self.clone();
        futures::stream::iter(self.events.clone()).map(move |event| table.answer(&request, &event)).boxed()
    }
}
