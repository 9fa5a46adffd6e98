use async_graphql::Variables;
use axum::extract::Query;
use callboard_kit::{GraphqlRequest, Problem};
use http::Uri;
use serde_json::{Map, Value};

/// The operation in a JSON body.
pub fn from_body(body: &[u8]) -> Result<GraphqlRequest, Problem> {
    let value = serde_json::from_slice(body)
        .map_err(|error| Problem::bad_input("", format!("the body is not JSON: {error}")))?;
    match value {
        Value::Object(parameters) => from_map(parameters),
        Value::Array(_) => Err(Problem::bad_input("", "batches are not served, send one operation")),
        _ => Err(Problem::bad_input("", "the body must be a JSON object")),
    }
}

/// The operation in the query of an address, for reading only.
pub fn from_uri(uri: &Uri) -> Result<GraphqlRequest, Problem> {
    let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(uri)
        .map_err(|_| Problem::bad_input("", "the query of the address cannot be read"))?;
    let mut parameters = Map::new();
    for (name, text) in pairs {
        let value = match name.as_str() {
            "variables" | "extensions" if !text.is_empty() => serde_json::from_str(&text)
                .map_err(|error| Problem::bad_input(&name, format!("`{name}` is not JSON: {error}")))?,
            "operationName" | "variables" | "extensions" if text.is_empty() => Value::Null,
            _ => Value::String(text),
        };
        if parameters.contains_key(&name) {
            return Err(Problem::bad_input(&name, format!("`{name}` is given twice")));
        }
        parameters.insert(name, value);
    }
    Ok(GraphqlRequest { read_only: true, ..from_map(parameters)? })
}

/// The operation in an object of parameters; those it does not know are passed over.
pub fn from_map(mut parameters: Map<String, Value>) -> Result<GraphqlRequest, Problem> {
    let query = text(&mut parameters, "query")?;
    let operation_name = text(&mut parameters, "operationName")?;
    let variables = object(&mut parameters, "variables")?;
    let extensions = object(&mut parameters, "extensions")?;
    if query.is_none() && !extensions.contains_key("persistedQuery") {
        return Err(Problem::bad_input("query", "`query` is missing"));
    }
    Ok(GraphqlRequest {
        query: query.unwrap_or_default().into(),
        operation_name,
        variables: Variables::from_json(Value::Object(variables)),
        extensions,
        read_only: false,
    })
}

fn text(parameters: &mut Map<String, Value>, name: &str) -> Result<Option<String>, Problem> {
    match parameters.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Problem::bad_input(name, format!("`{name}` must be a string"))),
    }
}

fn object(parameters: &mut Map<String, Value>, name: &str) -> Result<Map<String, Value>, Problem> {
    match parameters.remove(name) {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(map)) => Ok(map),
        Some(_) => Err(Problem::bad_input(name, format!("`{name}` must be an object"))),
    }
}
