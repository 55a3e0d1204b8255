//! Who stands in for whom, from one day to another: Plt. and Plh.

use std::fmt;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::calendar::start_of_day;
use crate::id::{AccountId, LaneId};
use crate::run::Stamp;

/// The number of a substitution. Counted from 1 in each office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SubstituteId(pub u32);

impl fmt::Display for SubstituteId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Why somebody else sits at a desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActingKind {
    /// Pelaksana tugas: the post has no holder.
    Plt,
    /// Pelaksana harian: its holder is away for a while.
    Plh,
}

impl ActingKind {
    /// Both kinds, in the order in which pages list them.
    pub const ALL: [Self; 2] = [Self::Plh, Self::Plt];

    /// The word for it in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Plt => "plt",
            Self::Plh => "plh",
        }
    }

    /// The kind that a word of a form stands for.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// "Plt.", "Plh.", as it stands before the title of the post.
impl fmt::Display for ActingKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Plt => "Plt.",
            Self::Plh => "Plh.",
        })
    }
}

/// In whose place somebody acted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acting {
    /// By which substitution.
    pub substitute: SubstituteId,
    /// Of which kind it is.
    pub kind: ActingKind,
    /// The lane that is not the actor's own.
    pub lane: LaneId,
}

/// Somebody who works in a lane that is not their own for some days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Substitution {
    /// Its number.
    pub id: SubstituteId,
    /// Who stands in.
    pub account: AccountId,
    /// For which lane.
    pub lane: LaneId,
    /// Why.
    pub kind: ActingKind,
    /// The first day, in WIB.
    pub from: NaiveDate,
    /// The last day, included.
    pub to: NaiveDate,
    /// When and by whom it was written down.
    pub named: Stamp,
    /// When and by whom it was ended before its time, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Stamp>,
}

/// How a substitution stands at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Its first day is yet to come.
    Coming,
    /// It holds.
    Running,
    /// Its last day is over, or it was ended.
    Past,
}

impl Substitution {
    /// How it stands at a moment.
    pub fn phase(&self, now: DateTime<Utc>) -> Phase {
        let over = self.to.checked_add_signed(TimeDelta::days(1)).map(start_of_day);
        if self.ended.as_ref().is_some_and(|ended| ended.at <= now) || over.is_none_or(|over| over <= now) {
            Phase::Past
        } else if now < start_of_day(self.from) {
            Phase::Coming
        } else {
            Phase::Running
        }
    }

    /// Whether it holds on one of the days from `from` to `to`. One that was ended holds on none.
    pub(super) fn touches(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.ended.is_none() && self.from <= to && from <= self.to
    }

    /// As what an act by this substitution is recorded.
    pub(super) fn acting(&self) -> Acting {
        Acting { substitute: self.id, kind: self.kind, lane: self.lane.clone() }
    }
}
