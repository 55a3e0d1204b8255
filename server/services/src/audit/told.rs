//! What a response tells the trail.

use axum::http::StatusCode;
use domain::id::AccountId;

/// In the extensions of a response: which account its request came from.
#[derive(Clone, Debug)]
pub struct Whose(pub AccountId);

/// In the extensions of a response that leads a browser without JavaScript back to its form: what
/// was really answered.
#[derive(Clone, Copy, Debug)]
pub struct Refused(pub StatusCode);
