//! Received files: the bytes in the data folder under their hash, the rest in the database.

mod alarm;
pub(crate) mod begun;
mod disk;
mod inspection;
pub(crate) mod keep;
mod kind;
pub(crate) mod ledger;
pub(crate) mod name;
mod named;
pub(crate) mod partial;
mod receive;
pub(crate) mod send;
mod shelf;
pub(crate) mod space;
mod sweep;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use axum::{Extension, Router, middleware};
use desk::office::Desk;

pub use self::alarm::Alarm;
pub use self::disk::Politeness;
pub use self::inspection::inspect;
pub use self::ledger::{Limit, Limits};
pub use self::shelf::{Bounds, FOLDER, LARGEST, Shelf, path_in};
pub use self::space::{DiskOf, Gauge, Room, Space, Standing};
pub use self::sweep::{GIVEN_UP, GONE_AFTER, Swept};
use crate::forms;
use crate::forms::flash::FlashBox;

/// Largest request. What is sent beyond the largest file is read and thrown away, because a
/// browser hears no answer while it is still sending.
const LARGEST_BODY: usize = 64 * 1024 * 1024;
/// `POST /berkas` and `GET /berkas/{sha256}`.
pub fn routes<S: Clone + Send + Sync + 'static>(
    shelf: Arc<Shelf>,
    flashes: Arc<FlashBox>,
    desk: Arc<dyn Desk>,
) -> Router<S> {
    let upload = post(receive::receive)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(middleware::from_fn_with_state(flashes, forms::upload));
    Router::new()
        .route("/berkas", upload)
        .route("/berkas/{sha256}", get(send::send))
        .layer(Extension(shelf))
        .layer(Extension(desk))
}
