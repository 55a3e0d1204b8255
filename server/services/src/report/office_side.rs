//! The office's routes about reports that are no pages: exports.

use std::sync::Arc;

use axum::routing::get;
use axum::{Extension, Router};

use super::{Reports, export};
use crate::files::Shelf;

/// `/pelaksanaan/{id}/lkj.xlsx` and `/pelaksanaan/{id}/lkj.zip`.
pub fn routes<S: Clone + Send + Sync + 'static>(reports: Arc<Reports>, shelf: Arc<Shelf>) -> Router<S> {
    Router::new()
        .route("/pelaksanaan/{id}/lkj.xlsx", get(export::book))
        .route("/pelaksanaan/{id}/lkj.zip", get(export::files))
        .layer(Extension(reports))
        .layer(Extension(shelf))
}
