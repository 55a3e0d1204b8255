//! A problem as an HTTP response.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use desk::problem::Problem;

use crate::store::StoreError;

/// Why a request is not carried out, as its answer: the problem as JSON, under the status that says the
/// same to a machine.
#[derive(Debug)]
pub struct Refusal {
    status: StatusCode,
    problem: Problem,
}

impl Refusal {
    /// The problem under a more precise status.
    pub fn under(status: StatusCode, problem: Problem) -> Self {
        Self { status, problem }
    }

    /// For an address that cannot be used in the way that was tried.
    pub fn wrong_method() -> Self {
        let problem = Problem::invalid("Alamat ini tidak dapat dipakai dengan cara itu.");
        Self::under(StatusCode::METHOD_NOT_ALLOWED, problem)
    }

    /// For an address at which nothing is.
    pub fn no_such_address() -> Self {
        Problem::not_found("Alamat ini").into()
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self { status: StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::BAD_REQUEST), problem }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, Json(self.problem)).into_response()
    }
}

/// What a person is told if the store fails: which row cannot be read, if that is why. `what` is what
/// the person knows it as, at the beginning of a sentence.
pub(crate) fn problem(error: StoreError, what: &str) -> Problem {
    tracing::error!(%error, what, "the store failed");
    match error {
        StoreError::Unreadable(row) => Problem::Unreadable { what: format!("{what} ({})", row.name()) },
        _ => Problem::Unwell,
    }
}
