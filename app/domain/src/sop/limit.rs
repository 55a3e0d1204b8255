//! Dates outside the procedure that its work serves.

use serde::{Deserialize, Serialize};

use crate::calendar::FixedDate;

/// An outer date, such as one set by law. It stands beside the plan and rules nothing: what
/// is late in the procedure is decided by Waktu and the fixed dates of its rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// What is due by then: "LKj Provinsi kepada Menteri PANRB".
    pub what: String,
    /// The first day that is too late, relative to the data year.
    pub before: FixedDate,
    /// Where that stands.
    pub basis: String,
    /// The row that has to be done by then, order from 1; left out: the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<u16>,
}
