//! The office's routes about reports that are no pages: exports, and the list of agencies.

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use axum::{Extension, Router, middleware};

use super::{Reports, export, list};
use crate::files::Shelf;
use crate::forms;
use crate::forms::flash::FlashBox;
use crate::mail::Mailroom;

/// Largest form with the list of agencies in it.
const LARGEST_LIST: usize = 2 * 1024 * 1024;

/// `/pelaksanaan/{id}/lkj.xlsx`, `/pelaksanaan/{id}/lkj.zip`, `/kelola/pd.csv`, `/kelola/pd/impor`.
pub fn routes<S: Clone + Send + Sync + 'static>(
    reports: Arc<Reports>,
    mailroom: Arc<Mailroom>,
    shelf: Arc<Shelf>,
    flashes: Arc<FlashBox>,
) -> Router<S> {
    let bring_in = post(list::bring_in)
        .layer(DefaultBodyLimit::max(LARGEST_LIST))
        .layer(middleware::from_fn_with_state(flashes, forms::upload));
    Router::new()
        .route("/pelaksanaan/{id}/lkj.xlsx", get(export::book))
        .route("/pelaksanaan/{id}/lkj.zip", get(export::files))
        .route("/kelola/pd.csv", get(list::hand_out))
        .route("/kelola/pd/impor", bring_in)
        .layer(Extension(reports))
        .layer(Extension(mailroom))
        .layer(Extension(shelf))
}
