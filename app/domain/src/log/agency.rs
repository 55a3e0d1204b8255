//! What happens to the list of agencies.

use serde::{Deserialize, Serialize};

use crate::agency::Agency;
use crate::id::AgencyCode;

/// What can happen to the list of agencies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgencyEvent {
    /// An agency was added or its names were changed.
    AgencyListed {
        /// The agency as it is now called.
        agency: Agency,
    },
    /// An agency no longer hands in reports.
    AgencyClosed {
        /// Its code.
        code: AgencyCode,
    },
}
