//! What happens to a run.

use serde::{Deserialize, Serialize};

use super::Acting;
use crate::id::{LaneId, RunId};
use crate::sop::{Answers, CellRef, SopKey};

/// What can happen to a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunEvent {
    /// A run of a procedure began.
    RunStarted {
        /// Its number.
        run: RunId,
        /// The version it is carried out and drawn with, for good.
        sop: SopKey,
        /// The year that its data is about.
        data_year: i32,
        /// In whose place it was done, if not in the actor's own lane.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        acting: Option<Acting>,
    },
    /// A cell was finished (a decision: answered Ya).
    CellFinished {
        /// The run.
        run: RunId,
        /// The cell.
        cell: CellRef,
        /// In which round of its row.
        round: u16,
        /// What the cell asked for.
        #[serde(default, skip_serializing_if = "Answers::is_empty")]
        answers: Answers,
        /// The lane that recorded it on behalf of the cell's own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        recorded_by: Option<LaneId>,
        /// In whose place it was done, if not in the actor's own lane.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        acting: Option<Acting>,
    },
    /// A decision was answered Tidak; the work went back along its return arrow.
    CellReturned {
        /// The run.
        run: RunId,
        /// The cell that was answered.
        cell: CellRef,
        /// In which round of its row.
        round: u16,
        /// Where the work went.
        to: CellRef,
        /// Why.
        reason: String,
        /// The lane that recorded it on behalf of the cell's own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        recorded_by: Option<LaneId>,
        /// In whose place it was done, if not in the actor's own lane.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        acting: Option<Acting>,
    },
    /// The last act was taken back by the one who did it, before anybody went on.
    ActTakenBack {
        /// The run.
        run: RunId,
        /// The cell whose act was taken back.
        cell: CellRef,
        /// In which round of its row.
        round: u16,
    },
    /// The run was paused; its clock stands still.
    RunPaused {
        /// The run.
        run: RunId,
        /// Why.
        reason: String,
        /// In whose place it was done, if not in the actor's own lane.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        acting: Option<Acting>,
    },
    /// The run went on.
    RunResumed {
        /// The run.
        run: RunId,
        /// In whose place it was done, if not in the actor's own lane.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        acting: Option<Acting>,
    },
    /// The run was given up.
    RunCancelled {
        /// The run.
        run: RunId,
        /// Why.
        reason: String,
        /// In whose place it was done, if not in the actor's own lane.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        acting: Option<Acting>,
    },
}

impl RunEvent {
    /// The run.
    pub fn run(&self) -> RunId {
        match self {
            Self::RunStarted { run, .. }
            | Self::CellFinished { run, .. }
            | Self::CellReturned { run, .. }
            | Self::ActTakenBack { run, .. }
            | Self::RunPaused { run, .. }
            | Self::RunResumed { run, .. }
            | Self::RunCancelled { run, .. } => *run,
        }
    }

    /// In whose place the actor acted, if not in a lane of its own.
    pub fn acting(&self) -> Option<&Acting> {
        match self {
            Self::RunStarted { acting, .. }
            | Self::CellFinished { acting, .. }
            | Self::CellReturned { acting, .. }
            | Self::RunPaused { acting, .. }
            | Self::RunResumed { acting, .. }
            | Self::RunCancelled { acting, .. } => acting.as_ref(),
            Self::ActTakenBack { .. } => None,
        }
    }
}
