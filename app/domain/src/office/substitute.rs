//! Who stands in for whom, from one day to another: Plt. and Plh.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::calendar::start_of_day;
use crate::id::{AccountId, LaneId};
use crate::log::{Acting, ActingKind, Stamp, SubstituteId};

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
