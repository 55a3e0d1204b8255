//! A sheet of links that were just made.

use std::time::Instant;

use chrono::{DateTime, Utc};
use domain::id::{AccountId, AgencyCode};

/// Links that were just made, on their way to the one who made them. Kept in memory only.
pub(super) struct Sheet {
    pub(super) made: Instant,
    pub(super) by: AccountId,
    pub(super) links: Vec<(AgencyCode, String)>,
    pub(super) expires: DateTime<Utc>,
}
