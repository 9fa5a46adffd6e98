use axum::{
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    response::IntoResponse,
};

/// Pages of the portal are cut off from windows that were elsewhere, so that the word goes by a channel of the origin.
const SCRIPT: &str = r#"const query = new URLSearchParams(location.search);
const message = {
  type: "callboard:sign-in",
  ok: !query.has("error"),
  error: query.get("error"),
  reason: query.get("reason"),
  provider: query.get("provider"),
};
const channel = new BroadcastChannel("callboard:sign-in");
channel.postMessage(message);
channel.close();
if (window.opener) window.opener.postMessage(message, location.origin);
window.close();
"#;

const PAGE: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Sign-in</title>\n\
                    <script src=\"/auth/popup.js\" defer></script>\n<p>You can close this window.</p>\n</html>\n";

/// Where a sign-in in a window of its own ends.
pub(super) async fn page() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/html; charset=utf-8"), (CACHE_CONTROL, "no-store")], PAGE)
}

/// Tells the page that opened the window, and closes it.
pub(super) async fn script() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/javascript; charset=utf-8"), (CACHE_CONTROL, "no-cache")], SCRIPT)
}
