//! What every request must pass and every response carries.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use desk::problem::Problem;

use crate::live::origin::is_ours;
use crate::refuse::Refusal;

/// Refuses requests that change something unless they come from a page of ours, or from a
/// program that is no browser.
pub async fn origin(request: Request, next: Next) -> Result<Response, Refusal> {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if !reads && !is_ours(request.headers()) {
        tracing::warn!(path = request.uri().path(), "a request from another site was refused");
        return Err(Problem::Forbidden { who: "halaman Alur sendiri".to_owned() }.into());
    }
    Ok(next.run(request).await)
}

/// Headers that do not depend on what is answered.
const ALWAYS: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=()",
    ),
];

/// What is no page may load and do nothing at all.
const NO_PAGE: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Adds the headers that keep a page to itself. A handler may set its own policy and caching.
pub async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(NO_PAGE));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// The policy of a page: only what is ours, scripts from our own address or with the nonce
/// of this very answer, WebAssembly, and nobody may frame it.
pub fn page_policy(nonce: &str, request: &HeaderMap) -> Option<HeaderValue> {
    // Not every browser counts our own WebSocket as 'self'.
    let host = request.get(header::HOST).and_then(|host| host.to_str().ok()).filter(|host| is_plain(host));
    let sockets = host.map(|host| format!(" ws://{host} wss://{host}")).unwrap_or_default();
    let policy = format!(
        "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; connect-src 'self'{sockets}; object-src 'none'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).ok()
}

fn is_plain(host: &str) -> bool {
    host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_that_is_no_host_stays_out_of_the_policy() {
        let policy = |host: &'static str| {
            let headers = [(header::HOST, HeaderValue::from_static(host))].into_iter().collect();
            page_policy("abc", &headers).unwrap().to_str().unwrap().to_owned()
        };
        assert!(
            policy("alur.kantor:3000")
                .contains("connect-src 'self' ws://alur.kantor:3000 wss://alur.kantor:3000;")
        );
        assert!(policy("x; script-src *").contains("connect-src 'self';"));
    }
}
