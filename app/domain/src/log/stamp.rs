//! When and by whom something was done.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Acting;
use crate::id::{AccountId, Seq};

/// When and by whom something was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// The record that says so.
    pub seq: Seq,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub by: AccountId,
    /// In whose place, if not in a lane of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acting: Option<Acting>,
}
