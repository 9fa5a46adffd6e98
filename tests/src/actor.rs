use reqwest::{Client, RequestBuilder, StatusCode};
use serde_json::{Value, json};

/// Someone who asks the portal, with or without a token.
#[derive(Clone, Debug)]
pub struct Actor {
    client: Client,
    address: String,
    token: Option<String>,
}

/// What the portal answered.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: StatusCode,
    /// The body.
    pub body: Value,
}

impl Answer {
    /// The value at a JSON pointer below `data`.
    pub fn data(&self, pointer: &str) -> &Value {
        let found = self.body.get("data").and_then(|data| data.pointer(pointer));
        found.unwrap_or_else(|| panic!("no `{pointer}` in {}", self.body))
    }

    /// The codes of the errors, in order.
    pub fn codes(&self) -> Vec<&str> {
        let errors = self.body.get("errors").and_then(Value::as_array);
        errors.into_iter().flatten().filter_map(|error| error.pointer("/extensions/code")?.as_str()).collect()
    }
}

impl Actor {
    pub(crate) fn new(client: Client, address: String, token: Option<String>) -> Self {
        Self { client, address, token }
    }

    /// A request to a path of the portal, as this actor.
    pub fn get(&self, path: &str) -> RequestBuilder {
        self.authorized(self.client.get(format!("{}{path}", self.address)))
    }

    fn authorized(&self, request: RequestBuilder) -> RequestBuilder {
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// Asks a query or a mutation.
    pub async fn ask(&self, query: &str) -> Answer {
        self.ask_with(query, json!({})).await
    }

    /// Asks with variables.
    pub async fn ask_with(&self, query: &str, variables: Value) -> Answer {
        let request = self.client.post(format!("{}/graphql", self.address));
        let request = self.authorized(request).json(&json!({ "query": query, "variables": variables }));
        let response = request.send().await.expect("the portal answers");
        let status = response.status();
        let text = response.text().await.expect("the answer has a body");
        Answer { status, body: serde_json::from_str(&text).unwrap_or(Value::String(text)) }
    }
}
