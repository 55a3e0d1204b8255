//! What happens to procedures.

use serde::{Deserialize, Serialize};

use crate::sop::Sop;

/// What can happen to procedures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SopEvent {
    /// A version of a procedure came into force.
    SopPublished {
        /// The whole procedure, so that the log needs no other file to be read.
        sop: Box<Sop>,
    },
}
