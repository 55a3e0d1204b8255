//! A problem as an HTTP response.

use app::problem::Problem;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// The problem as JSON, under the status that says the same to a machine.
pub fn refuse(problem: &Problem) -> Response {
    refuse_as(StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::BAD_REQUEST), problem)
}

/// The problem as JSON, under a more precise status.
pub fn refuse_as(status: StatusCode, problem: &Problem) -> Response {
    (status, Json(problem)).into_response()
}

/// For an address that cannot be used in the way that was tried.
pub fn wrong_method() -> Response {
    let problem = Problem::invalid("Alamat ini tidak dapat dipakai dengan cara itu.");
    refuse_as(StatusCode::METHOD_NOT_ALLOWED, &problem)
}
