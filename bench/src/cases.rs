//! What is asked, and what the reference needed for it.

use bytes::Bytes;
use serde_json::{Value, json};

use crate::{data::Data, load::Question};

/// How many different requests a case goes through.
const VARIANTS: usize = 200;
const WORDS: [&str; 8] = ["payment", "order", "invoice", "catalog", "search", "session", "stock", "ledger"];

/// Something that is asked of the portal, and of the reference.
pub struct Case {
    /// What it is.
    pub name: &'static str,
    /// The portal is asked this.
    pub ours: Vec<Question>,
    /// The reference is asked this; nothing where it has nothing of the kind.
    pub theirs: Vec<Question>,
    /// What the reference needed over 10,000 entities: requests per second, and milliseconds for the middle one and
    /// for 99 of 100.
    pub figures: Option<(f64, f64, f64)>,
}

const LIST: &str = "query($filter: EntityFilter, $text: String) { entities(filter: $filter, text: $text, first: 20, \
    orderBy: [{ field: \"metadata.name\" }]) { nodes { ref title description type lifecycle tags } pageInfo { hasNextPage endCursor } } }";
const LIST_TOTAL: &str = "query($filter: EntityFilter, $text: String) { entities(filter: $filter, text: $text, first: 20, \
    orderBy: [{ field: \"metadata.name\" }]) { totalCount nodes { ref title description type lifecycle tags } pageInfo { hasNextPage endCursor } } }";
const ENTITY: &str = "query($ref: EntityRef!) { entity(ref: $ref) { id ref metadata spec relations { nodes { type targetRef } } } }";
const ENTITIES: &str = "query($refs: [EntityRef!]!) { entitiesByRef(refs: $refs) { ref metadata spec } }";
const FACETS: &str = "query($filter: EntityFilter, $fields: [String!]!) { entities(filter: $filter, first: 0) { facets(fields: $fields) { field values { value count } } } }";
const STITCHED: &str = "query($filter: EntityFilter) { entities(filter: $filter, first: 20, orderBy: [{ field: \"metadata.name\" }]) { \
    nodes { ref ... on Component { owner { ref title } system { ref title } dependsOn(first: 5) { nodes { ref title } } } } } }";
const LEVELS: &str = "query($ref: EntityRef!) { entity(ref: $ref) { ref ... on Component { dependsOn(first: 5) { nodes { ref \
    ... on Component { dependsOn(first: 5) { nodes { ref ... on Component { dependsOn(first: 5) { nodes { ref title owner { ref } } } } } } } } } } } }";

fn query(query: &str, variables: &Value) -> Question {
    let body = json!({ "query": query, "variables": variables }).to_string();
    ("/graphql".to_owned(), Some(Bytes::from(body)))
}

fn get(path: String) -> Question {
    (path, None)
}

/// All of them.
pub fn cases(data: &Data) -> Vec<Case> {
    let all = |make: &dyn Fn(usize) -> Question| (0..VARIANTS).map(make).collect::<Vec<_>>();
    let components = json!({ "kind": ["Component"] });
    let word = |number: usize| WORDS.get(number % WORDS.len()).copied().unwrap_or_default();
    let by_query = |more: &str| {
        get(format!(
            "/api/catalog/entities/by-query?filter=kind=component{more}&limit=20&orderField=metadata.name,asc"
        ))
    };
    let reference = |number: usize| format!("component:default/{}", data.component(number));
    let refs = |number: usize| (0..100).map(|more| reference(number * 100 + more)).collect::<Vec<_>>();
    let facets = |field: &str, filter: &Value| query(FACETS, &json!({ "fields": [field], "filter": filter }));
    vec![
        Case {
            name: "liveness",
            ours: vec![get("/healthz".to_owned())],
            theirs: vec![get("/.backstage/health/v1/liveness".to_owned())],
            figures: Some((9111.0, 1.5, 7.6)),
        },
        Case {
            name: "entity by ref, with relations",
            ours: all(&|number| query(ENTITY, &json!({ "ref": reference(number) }))),
            theirs: all(&|number| {
                get(format!("/api/catalog/entities/by-name/component/default/{}", data.component(number)))
            }),
            figures: Some((419.0, 37.0, 53.0)),
        },
        Case {
            name: "list 20 of a kind, ordered, with total",
            ours: vec![query(LIST_TOTAL, &json!({ "filter": components }))],
            theirs: vec![by_query("")],
            figures: Some((96.5, 159.0, 286.0)),
        },
        Case {
            name: "the same without total",
            ours: vec![query(LIST, &json!({ "filter": components }))],
            theirs: vec![by_query("&totalItems=exclude")],
            figures: Some((374.0, 41.0, 77.0)),
        },
        Case {
            name: "list 20, kind and owner, with total",
            ours: all(&|number| {
                query(
                    LIST_TOTAL,
                    &json!({ "filter": { "kind": ["Component"], "owner": [format!("group:{}", data.owner(number))] } }),
                )
            }),
            theirs: all(&|number| by_query(&format!(",spec.owner={}", data.owner(number)))),
            figures: Some((244.0, 64.0, 122.0)),
        },
        Case {
            name: "list 20, a word in several fields",
            ours: all(&|number| query(LIST_TOTAL, &json!({ "filter": components, "text": word(number) }))),
            theirs: all(&|number| {
                by_query(&format!(
                    "&fullTextFilterTerm={}&fullTextFilterFields=metadata.name,metadata.title,metadata.description",
                    word(number)
                ))
            }),
            figures: Some((34.0, 460.0, 609.0)),
        },
        Case {
            name: "facets: kind",
            ours: vec![facets("kind", &Value::Null)],
            theirs: vec![get("/api/catalog/entity-facets?facet=kind".to_owned())],
            figures: Some((342.0, 46.0, 65.0)),
        },
        Case {
            name: "facets: owner",
            ours: vec![facets("spec.owner", &Value::Null)],
            theirs: vec![get("/api/catalog/entity-facets?facet=spec.owner".to_owned())],
            figures: Some((352.0, 45.0, 69.0)),
        },
        Case {
            name: "facets: type of components",
            ours: vec![facets("spec.type", &components)],
            theirs: vec![get("/api/catalog/entity-facets?facet=spec.type&filter=kind=component".to_owned())],
            figures: Some((160.0, 97.0, 166.0)),
        },
        Case {
            name: "100 entities by ref",
            ours: all(&|number| query(ENTITIES, &json!({ "refs": refs(number) }))),
            theirs: all(&|number| {
                let body = json!({ "entityRefs": refs(number) }).to_string();
                ("/api/catalog/entities/by-refs".to_owned(), Some(Bytes::from(body)))
            }),
            figures: Some((368.0, 42.0, 79.0)),
        },
        Case {
            name: "list 20 with owner, system, relations",
            ours: vec![query(STITCHED, &json!({ "filter": components }))],
            theirs: Vec::new(),
            figures: Some((33.0, 460.0, 642.0)),
        },
        Case {
            name: "three levels of relations",
            ours: all(&|number| query(LEVELS, &json!({ "ref": reference(number) }))),
            theirs: Vec::new(),
            figures: None,
        },
    ]
}
