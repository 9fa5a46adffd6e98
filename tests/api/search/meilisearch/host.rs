use std::{
    collections::{BTreeMap, HashMap},
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::condition::holds;

/// The key that every request must bring.
pub const KEY: &str = "the-key-of-the-tests";
const THEN: &str = "2026-01-01T00:00:00Z";

/// Somebody else's Meilisearch: what it was told counts once its task was asked about twice.
#[derive(Clone)]
pub struct Host {
    address: SocketAddr,
    state: Arc<Mutex<Indexes>>,
}

type Documents = BTreeMap<String, Value>;

#[derive(Default)]
struct Indexes {
    by_name: HashMap<String, Documents>,
    tasks: Vec<Task>,
    is_away: bool,
    refused_keys: usize,
}

struct Task {
    kind: &'static str,
    index: Option<String>,
    looks: u32,
    act: Option<Act>,
}

enum Act {
    Create,
    Nothing,
    Put(Vec<Value>),
    Delete(Vec<String>),
    DeleteIf(String),
    Drop,
    Swap(String, String),
}

impl Host {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = Self { address: listener.local_addr().unwrap(), state: Arc::default() };
        let router = Router::new().fallback(answer).with_state(host.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        host
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Whether it answers nobody.
    pub fn is_away(&self, is_away: bool) {
        self.state.lock().unwrap().is_away = is_away;
    }

    pub fn refused_keys(&self) -> usize {
        self.state.lock().unwrap().refused_keys
    }
}

fn told(status: StatusCode, body: &Value) -> Response {
    (status, [("content-type", "application/json")], body.to_string()).into_response()
}

fn fault(status: StatusCode, code: &str) -> Response {
    let kind = if status == StatusCode::UNAUTHORIZED { "auth" } else { "invalid_request" };
    told(
        status,
        &json!({ "message": code, "code": code, "type": kind, "link": "https://docs.meilisearch.com" }),
    )
}

async fn answer(
    State(host): State<Host>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut state = host.state.lock().unwrap();
    if state.is_away {
        return (StatusCode::BAD_GATEWAY, "nobody is here").into_response();
    }
    if headers.get("authorization").is_none_or(|value| value != &format!("Bearer {KEY}")) {
        state.refused_keys += 1;
        return fault(StatusCode::UNAUTHORIZED, "missing_authorization_header");
    }
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    let path: Vec<&str> = uri.path().trim_matches('/').split('/').collect();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    match (method.as_str(), &path[..]) {
        ("POST", ["indexes"]) => {
            let name = body["uid"].as_str().unwrap().to_owned();
            state.enqueue("indexCreation", Some(&name), Act::Create)
        }
        ("POST", ["swap-indexes"]) => {
            let pair = |at: usize| body[0]["indexes"][at].as_str().unwrap().to_owned();
            state.enqueue("indexSwap", None, Act::Swap(pair(0), pair(1)))
        }
        ("GET", ["tasks", number]) => state.task(number.parse().unwrap()),
        (_, ["indexes", name, ..]) if !state.by_name.contains_key(*name) => {
            fault(StatusCode::NOT_FOUND, "index_not_found")
        }
        ("GET", ["indexes", name]) => told(
            StatusCode::OK,
            &json!({ "uid": name, "primaryKey": "key", "createdAt": THEN, "updatedAt": THEN }),
        ),
        ("DELETE", ["indexes", name]) => state.enqueue("indexDeletion", Some(name), Act::Drop),
        ("PATCH", ["indexes", name, "settings"]) => state.enqueue("settingsUpdate", Some(name), Act::Nothing),
        ("GET", ["indexes", name, "stats"]) => {
            let count = state.by_name[*name].len();
            told(
                StatusCode::OK,
                &json!({
                    "numberOfDocuments": count, "numberOfEmbeddedDocuments": 0, "numberOfEmbeddings": 0,
                    "rawDocumentDbSize": 4096, "avgDocumentSize": 100, "isIndexing": false, "fieldDistribution": {},
                }),
            )
        }
        ("POST", ["indexes", name, "documents"]) => {
            state.enqueue("documentAdditionOrUpdate", Some(name), Act::Put(list(&body)))
        }
        ("POST", ["indexes", name, "documents", "delete-batch"]) => {
            let keys = list(&body).iter().filter_map(Value::as_str).map(str::to_owned).collect();
            state.enqueue("documentDeletion", Some(name), Act::Delete(keys))
        }
        ("POST", ["indexes", name, "documents", "delete"]) => {
            let filter = body["filter"].as_str().unwrap().to_owned();
            state.enqueue("documentDeletion", Some(name), Act::DeleteIf(filter))
        }
        ("GET", ["indexes", name, "documents"]) => fetched(&state.by_name[*name], &json!({ "limit": 1000 })),
        ("POST", ["indexes", name, "documents", "fetch"]) => fetched(&state.by_name[*name], &body),
        ("POST", ["indexes", name, "search"]) => found(&state.by_name[*name], &body),
        _ => fault(StatusCode::NOT_FOUND, "not_found"),
    }
}

impl Indexes {
    fn enqueue(&mut self, kind: &'static str, index: Option<&str>, act: Act) -> Response {
        let index = index.map(str::to_owned);
        let told_of = json!({
            "taskUid": self.tasks.len(), "indexUid": index, "status": "enqueued", "type": kind, "enqueuedAt": THEN,
        });
        self.tasks.push(Task { kind, index, looks: 0, act: Some(act) });
        told(StatusCode::ACCEPTED, &told_of)
    }

    fn task(&mut self, number: usize) -> Response {
        let task = &mut self.tasks[number];
        task.looks += 1;
        let (kind, index) = (task.kind, task.index.clone());
        let mut told_of = json!({
            "uid": number, "indexUid": index, "status": "enqueued", "type": kind, "enqueuedAt": THEN, "details": null,
        });
        if task.looks > 1 {
            let act = task.act.take();
            for (key, value) in
                [("status", "succeeded"), ("startedAt", THEN), ("finishedAt", THEN), ("duration", "PT0.01S")]
            {
                told_of[key] = json!(value);
            }
            if let Some(act) = act {
                self.act(index.unwrap_or_default(), act);
            }
        }
        told(StatusCode::OK, &told_of)
    }

    fn act(&mut self, index: String, act: Act) {
        if let Act::Swap(one, other) = act {
            let first = self.by_name.remove(&one).unwrap();
            let second = self.by_name.insert(other, first).unwrap();
            self.by_name.insert(one, second);
            return;
        }
        if matches!(act, Act::Drop) {
            self.by_name.remove(&index);
            return;
        }
        let documents = self.by_name.entry(index).or_default();
        match act {
            Act::Put(put) => {
                documents.extend(
                    put.into_iter().map(|document| (document["key"].as_str().unwrap().to_owned(), document)),
                );
            }
            Act::Delete(keys) => documents.retain(|key, _| !keys.contains(key)),
            Act::DeleteIf(filter) => documents.retain(|_, document| !holds(&filter, document)),
            Act::Create | Act::Nothing | Act::Drop | Act::Swap(..) => {}
        }
    }
}

fn size(value: &Value, otherwise: usize) -> usize {
    value.as_u64().map_or(otherwise, |size| usize::try_from(size).unwrap())
}

fn fetched(documents: &Documents, body: &Value) -> Response {
    let filter = body["filter"].as_str();
    let those: Vec<&Value> =
        documents.values().filter(|document| filter.is_none_or(|filter| holds(filter, document))).collect();
    let (offset, limit) = (size(&body["offset"], 0), size(&body["limit"], 20));
    let page: Vec<&&Value> = those.iter().skip(offset).take(limit).collect();
    told(StatusCode::OK, &json!({ "results": page, "offset": offset, "limit": limit, "total": those.len() }))
}

fn found(documents: &Documents, body: &Value) -> Response {
    let filter = body["filter"].as_str().unwrap_or_default();
    let asked = body["q"].as_str().unwrap_or_default().to_lowercase();
    let those: Vec<&Value> = documents
        .values()
        .filter(|document| (filter.is_empty() || holds(filter, document)) && fits(&asked, document))
        .collect();
    let mut answer = json!({ "processingTimeMs": 0, "query": asked });
    let (mut offset, mut limit) = (size(&body["offset"], 0), size(&body["limit"], 20));
    if body["hitsPerPage"].is_null() {
        answer["estimatedTotalHits"] = json!(those.len());
        (answer["offset"], answer["limit"]) = (json!(offset), json!(limit));
    } else {
        (offset, limit) = (0, size(&body["hitsPerPage"], 0));
        answer["totalHits"] = json!(those.len());
        (answer["page"], answer["hitsPerPage"], answer["totalPages"]) = (json!(1), json!(limit), json!(1));
    }
    let hits = those.iter().skip(offset).take(limit).map(|document| {
        let mut hit = (*document).clone();
        hit["_rankingScore"] = json!(0.5);
        hit
    });
    answer["hits"] = hits.collect();
    for facet in body["facets"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for document in &those {
            let values = document[facet].as_array().cloned().unwrap_or_else(|| vec![document[facet].clone()]);
            values
                .iter()
                .filter_map(Value::as_str)
                .for_each(|value| *counts.entry(value.to_owned()).or_default() += 1);
        }
        answer["facetDistribution"][facet] = json!(counts);
    }
    told(StatusCode::OK, &answer)
}

/// Whether a document has all words by their beginnings, all phrases, and none of what is excluded.
fn fits(asked: &str, document: &Value) -> bool {
    let texts =
        ["title", "name", "words", "extra", "text"].map(|key| document[key].to_string().to_lowercase());
    let texts: Vec<String> = texts
        .iter()
        .map(|text| text.split(|letter: char| !letter.is_alphanumeric()).collect::<Vec<_>>().join(" "))
        .collect();
    let has = |wanted: &str| texts.iter().any(|text| format!(" {text}").contains(&format!(" {wanted}")));
    let mut parts = asked.split('"');
    let mut excludes = false;
    let mut is_quoted = false;
    parts.all(|part| {
        let fits = if is_quoted {
            has(part) != excludes
        } else {
            excludes = part.ends_with('-');
            part.trim_end_matches('-').split_whitespace().all(has)
        };
        is_quoted = !is_quoted;
        fits
    })
}
