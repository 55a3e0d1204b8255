//! Live updates: one WebSocket per page, a long poll where sockets do not get through.
//!
//! What it needs from the rest of the server: an [`desk::account::Caller`] in the request's
//! extensions, and, where the sign-in can end, a [`SessionEnd`] beside it.

mod admitted;
mod end;
mod hub;
pub mod origin;
mod poll;
mod seats;
mod socket;

use std::sync::Arc;

use axum::routing::get;
use axum::{Extension, Router};

pub use end::SessionEnd;
pub(crate) use hub::AT_HAND;
pub use hub::Hub;
pub use seats::Seats;

/// `GET /live` and `GET /api/events`.
pub fn routes<S: Clone + Send + Sync + 'static>(hub: Arc<Hub>, seats: Arc<Seats>) -> Router<S> {
    Router::new()
        .route("/live", get(socket::open))
        .route("/api/events", get(poll::events))
        .layer(Extension(hub))
        .layer(Extension(seats))
}
