//! Reminders: what is due to be sent at a moment, to whom, and in which words.
//!
//! All of it is a function of the office, the rules and the moment. What was sent already is
//! not known here: a reminder has a [`Reminder::key`] that is the same each time it is found
//! due, and whoever sends keeps the keys, so that nothing goes twice.

mod due;
mod ladder;
mod release;
mod step;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

pub use due::{Worth, due, of_step, worth};
pub use ladder::{Ladder, Rung, Standing};
pub use release::{Closed, NotNow, may_release, open_at};
pub use step::{Schedule, Step};
pub use words::{Mail, Words};

use crate::id::{AccountId, AgencyCode, LaneId, RunId};
use crate::office::Actor;
use crate::report::Stage;
use crate::sop::{CellRef, Sop};

/// Something to be said to somebody once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reminder {
    /// The run that it is about.
    pub run: RunId,
    /// What it is about.
    pub about: About,
    /// Whom it goes to.
    pub to: To,
}

/// What a reminder is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// An agency's report has not come, so many working days before the last one.
    Report(Step),
    /// It is a cell's turn, in this round.
    Turn(CellRef, u16),
    /// A row takes long; the rung of the ladder that it has reached.
    Row(u16, Rung),
}

/// Whom a reminder goes to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum To {
    /// An agency.
    Agency(AgencyCode),
    /// Somebody of the office.
    Account(AccountId),
}

impl Reminder {
    /// The same for the same thing said to the same one, and for nothing else. Of letters,
    /// digits, dots and hyphens.
    pub fn key(&self) -> String {
        let Self { run, about, to } = self;
        match to {
            To::Agency(code) => format!("{run}_{about}_pd_{code}"),
            To::Account(account) => format!("{run}_{about}_akun_{account}"),
        }
    }
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Report(step) => write!(f, "lkj-{}", step.code()),
            Self::Turn(cell, round) => write!(f, "giliran-{cell}-{round}"),
            Self::Row(row, rung) => write!(f, "baris-{row}-{}", rung.code()),
        }
    }
}

/// Somebody of the office who may be written to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Member {
    /// The lanes that they work in.
    pub lanes: BTreeSet<LaneId>,
}

impl Member {
    /// The member as somebody who acts.
    pub(super) fn actor(&self, account: &AccountId) -> Actor {
        Actor { account: account.clone(), lanes: self.lanes.clone(), admin: false, agency: None }
    }
}

/// Everybody of the office who may be written to.
pub type Members = BTreeMap<AccountId, Member>;

/// What the office has decided about reminders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// The runs whose agencies are reminded without anybody pressing a button.
    pub automatic: BTreeSet<RunId>,
    /// The ladder.
    pub ladder: Ladder,
}

/// Whether an actor may remind the agencies of a procedure's runs: whoever collects or judges
/// their reports, and administrators.
pub fn may_remind(actor: &Actor, sop: &Sop) -> bool {
    let row = sop.row_of_stage(Stage::Received).and_then(|row| sop.activity(row));
    let collects = row.is_some_and(|row| row.cells.iter().any(|cell| actor.is_in(sop.who_may(&cell.lane))));
    actor.admin || collects || actor.is_in(sop.judges())
}

/// Whether an actor may see what is sent about a procedure's runs: whoever works in one of its
/// lanes, and administrators.
pub fn may_see(actor: &Actor, sop: &Sop) -> bool {
    actor.admin || actor.is_in(sop.lanes.iter().map(|lane| &lane.id))
}
