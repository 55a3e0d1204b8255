//! Who is named to stand in for whom.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{ActingKind, SubstituteId};
use crate::id::{AccountId, LaneId};

/// What can happen to substitutions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubstituteEvent {
    /// It was said who stands in for a lane.
    SubstituteNamed {
        /// The number of the substitution.
        substitute: SubstituteId,
        /// Who.
        account: AccountId,
        /// For which lane.
        lane: LaneId,
        /// Why.
        kind: ActingKind,
        /// The first day, in WIB.
        from: NaiveDate,
        /// The last day, included.
        to: NaiveDate,
    },
    /// A substitution was ended before its time.
    SubstituteEnded {
        /// Which.
        substitute: SubstituteId,
    },
}
