use std::{collections::BTreeMap, sync::Mutex};

use reqwest::{
    Client, Method, RequestBuilder, Response, StatusCode,
    header::{COOKIE, LOCATION, SET_COOKIE},
    redirect::Policy,
};
use serde_json::{Value, json};
use url::Url;

use crate::Answer;

/// A browser as far as signing in goes: it keeps cookies and tells where it is led, but does not go there by itself.
#[derive(Debug)]
pub struct Browser {
    client: Client,
    address: String,
    cookies: Mutex<BTreeMap<String, String>>,
    headers: Mutex<BTreeMap<&'static str, String>>,
}

/// Where a browser was led, or what it was shown.
#[derive(Debug)]
pub struct Page {
    /// The HTTP status.
    pub status: StatusCode,
    /// Where it is led.
    pub location: Option<String>,
    /// The lines `Set-Cookie`.
    pub set_cookies: Vec<String>,
    /// The headers of the answer.
    pub headers: reqwest::header::HeaderMap,
    /// What is shown.
    pub body: String,
}

impl Page {
    /// A parameter of the address that the browser is led to.
    pub fn parameter(&self, name: &str) -> Option<String> {
        let base = Url::parse("http://relative/").ok()?;
        let url = base.join(self.location.as_deref()?).ok()?;
        url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.body))
    }
}

impl Browser {
    /// A fresh one, which opens the portal at this address.
    pub fn new(address: &str) -> Self {
        let client = Client::builder().redirect(Policy::none()).build().expect("a client");
        Self { client, address: address.to_owned(), cookies: Mutex::default(), headers: Mutex::default() }
    }

    /// Adds a header to all that it asks from now on, as a proxy before the portal would.
    pub fn set_header(&self, name: &'static str, value: &str) {
        self.headers.lock().expect("unpoisoned").insert(name, value.to_owned());
    }

    /// Takes such a header away.
    pub fn remove_header(&self, name: &str) {
        self.headers.lock().expect("unpoisoned").remove(name);
    }

    /// A cookie.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().expect("unpoisoned").get(name).cloned()
    }

    /// The session's token.
    pub fn session(&self) -> Option<String> {
        self.cookie("callboard-session")
    }

    /// Plants a cookie, as a neighbour could.
    pub fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.lock().expect("unpoisoned").insert(name.to_owned(), value.to_owned());
    }

    /// Forgets all cookies.
    pub fn forget(&self) {
        self.cookies.lock().expect("unpoisoned").clear();
    }

    /// Opens a path, or an address.
    pub async fn open(&self, path: &str) -> Page {
        self.send(self.request(Method::GET, path)).await
    }

    /// Asks the graph, as a script of the portal's pages.
    pub async fn ask(&self, query: &str) -> Answer {
        self.ask_with(query, json!({})).await
    }

    /// The same with variables.
    pub async fn ask_with(&self, query: &str, variables: Value) -> Answer {
        let request = self.request(Method::POST, "/graphql").header("x-callboard-csrf", "1");
        let page = self.send(request.json(&json!({ "query": query, "variables": variables }))).await;
        Answer { status: page.status, body: page.json() }
    }

    /// Begins to connect an account, as a script of the portal's pages, which then leads where it is told.
    pub async fn connect(&self, id: &str) -> Page {
        let request = self.request(Method::POST, &format!("/auth/{id}/connect?returnTo=/account"));
        let mut page = self.send(request.header("x-callboard-csrf", "1")).await;
        page.location = page.json()["redirectTo"].as_str().map(str::to_owned);
        page
    }

    /// A request with its cookies.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.address) };
        let cookies = self.cookies.lock().expect("unpoisoned");
        let line: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = self.client.request(method, url);
        if !line.is_empty() {
            request = request.header(COOKIE, line.join("; "));
        }
        for (name, value) in self.headers.lock().expect("unpoisoned").iter() {
            request = request.header(*name, value);
        }
        request
    }

    /// Sends a request and keeps the cookies of the answer.
    pub async fn send(&self, request: RequestBuilder) -> Page {
        let response = request.send().await.expect("the portal answers");
        self.keep(&response);
        let text = |value: &reqwest::header::HeaderValue| value.to_str().expect("text").to_owned();
        Page {
            status: response.status(),
            location: response.headers().get(LOCATION).map(text),
            set_cookies: response.headers().get_all(SET_COOKIE).iter().map(text).collect(),
            headers: response.headers().clone(),
            body: response.text().await.expect("a body"),
        }
    }

    fn keep(&self, response: &Response) {
        let mut cookies = self.cookies.lock().expect("unpoisoned");
        for line in response.headers().get_all(SET_COOKIE) {
            let line = line.to_str().expect("text");
            let (pair, flags) = line.split_once(';').expect("flags");
            let (name, value) = pair.split_once('=').expect("a pair");
            if flags.contains("Max-Age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}
