//! What every request leaves in the trail: refusals, counted; and what handlers need to tell more.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use desk::trail::{Kind, Note};
use domain::id::AccountId;

use super::Journal;
use super::told::{Refused, Whose};
use crate::remote::remote;

/// What the layer needs.
#[derive(Clone)]
pub struct Watch {
    /// The trail.
    pub journal: Journal,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted: Arc<[IpAddr]>,
}

/// Counts refusals by kind, address and account, and gives handlers a [`Trace`](super::Trace).
pub async fn refusals(State(watch): State<Watch>, mut request: Request, next: Next) -> Response {
    let origin = remote(&watch.trusted, request.extensions(), request.headers());
    request.extensions_mut().insert(watch.journal.clone());
    let response = next.run(request).await;
    let status = response.extensions().get::<Refused>().map_or(response.status(), |refused| refused.0);
    if let Some(kind) = Kind::of_refusal(status.as_u16()) {
        let who = response.extensions().get::<Whose>().map(|whose| whose.0.clone());
        watch.journal.count(Note::new(who.unwrap_or_else(|| AccountId(String::new())), origin, kind));
    }
    response
}
