//! A due date that a changed calendar moved.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::id::RunId;

/// A row whose due date, or planned end, is another one by a changed calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueMoved {
    /// The run.
    pub run: RunId,
    /// The row, in order from 1.
    pub activity: u16,
    /// When it was due; `None` if that depended on a year without a decree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<DateTime<Utc>>,
    /// When it is due now; `None` as above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<DateTime<Utc>>,
    /// Whether it is not the row's turn: then these are planned ends.
    #[serde(default, skip_serializing_if = "is_false")]
    pub planned: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks it")]
fn is_false(it: &bool) -> bool {
    !it
}
