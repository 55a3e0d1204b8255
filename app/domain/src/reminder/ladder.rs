//! The ladder: who else hears of a row that takes long. A setting of the office, off until an
//! administrator turns it on.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::calendar::{Allowance, Calendar, Undecreed};
use crate::id::LaneId;
use crate::run::{Due, Run};
use crate::sop::Sop;

/// A rung of the ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rung {
    /// A share of the row's time is used up.
    Early,
    /// The row is past due.
    Due,
    /// It has been past due for some working days.
    Over,
}

impl Rung {
    /// All of them, the lowest first.
    pub const ALL: [Self; 3] = [Self::Early, Self::Due, Self::Over];

    /// As it stands in keys and forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Early => "awal",
            Self::Due => "jatuh-tempo",
            Self::Over => "lewat",
        }
    }
}

/// When whom is told. `up` counts roles upwards from the one whose turn it is: 0 is that role
/// itself, 1 the next one to the right on the sheet, and so on; `None` leaves the rung out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ladder {
    /// Whether it is used at all.
    pub on: bool,
    /// The share of the row's working time after which the first rung is reached, in percent.
    pub percent: u8,
    /// The working days past due after which the last rung is reached.
    pub days_over: u8,
    /// How many roles up each rung goes, in the order of [`Rung::ALL`].
    pub up: [Option<u8>; 3],
}

/// Off; when turned on: at 80 % the role itself, when due the next one up, a working day later
/// the one after that. **Assumed**, and editable.
impl Default for Ladder {
    fn default() -> Self {
        Self { on: false, percent: 80, days_over: 1, up: [Some(0), Some(1), Some(2)] }
    }
}

/// How a row stands on the ladder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The row.
    pub row: u16,
    /// The highest rung that it has reached.
    pub rung: Rung,
    /// The role that is told; `None` if the rung is left out or nobody is that far up.
    pub lane: Option<LaneId>,
    /// When the row is due.
    pub due: DateTime<Utc>,
}

impl Ladder {
    /// Longest wait past due, in working days.
    pub const MOST_DAYS: u8 = 20;
    /// Most roles that a rung goes up.
    pub const MOST_UP: u8 = 5;

    /// What is wrong with it as typed, in words; `None` if nothing.
    pub fn fault(&self) -> Option<&'static str> {
        if !(1..=99).contains(&self.percent) {
            return Some("bagian waktu harus 1 sampai 99 persen");
        }
        if !(1..=Self::MOST_DAYS).contains(&self.days_over) {
            return Some("hari kerja setelah jatuh tempo harus 1 sampai 20");
        }
        let too_far = self.up.iter().flatten().any(|up| *up > Self::MOST_UP);
        too_far.then_some("naik paling banyak 5 tingkat")
    }

    /// How many roles up a rung goes.
    pub fn up(&self, rung: Rung) -> Option<u8> {
        let [early, due, over] = self.up;
        match rung {
            Rung::Early => early,
            Rung::Due => due,
            Rung::Over => over,
        }
    }

    /// How the row whose turn it is stands; `None` if no rung is reached, no time is promised,
    /// or the run stands still. Whether the ladder is on makes no difference.
    ///
    /// # Errors
    /// [`Undecreed`] if it depends on a year without a decree.
    pub fn standing(
        &self,
        run: &Run,
        sop: &Sop,
        calendar: &Calendar,
        now: DateTime<Utc>,
    ) -> Result<Option<Standing>, Undecreed> {
        let Some(open) = run.open().filter(|_| run.paused().is_none()) else { return Ok(None) };
        let row = open.cell.activity;
        let Some(clock) = run.row_clock(row) else { return Ok(None) };
        let due = match run.due(row, sop, calendar, now) {
            Due::At(due) => due,
            Due::Open => return Ok(None),
            Due::Unknown(undecreed) => return Err(undecreed),
        };
        let reached = if now > due {
            let over = calendar.end_of(due, &Allowance::Days(self.days_over.into()))?;
            if over.is_some_and(|over| now >= over) { Some(Rung::Over) } else { Some(Rung::Due) }
        } else {
            let spent = run.spent(clock, calendar, now)?.0;
            let whole = spent + calendar.working_between(now, due)?.0;
            let early = whole > 0 && spent * 100 >= whole * i64::from(self.percent);
            early.then_some(Rung::Early)
        };
        let standing = |rung| {
            let lane = self.up(rung).and_then(|up| superior(sop, &open.cell.lane, up)).cloned();
            Standing { row, rung, lane, due }
        };
        Ok(reached.map(standing))
    }
}

/// The role so many steps up: to the right on the sheet, past roles whose acts somebody else
/// records, because those rarely sign in. As far as there are any: above the highest role
/// nobody is told.
fn superior<'a>(sop: &'a Sop, lane: &'a LaneId, up: u8) -> Option<&'a LaneId> {
    let here = sop.lane(lane)?;
    let acting = here.recorded_by.as_ref().unwrap_or(&here.id);
    if up == 0 {
        return Some(acting);
    }
    let place = sop.lanes.iter().position(|lane| lane.id == *acting)?;
    let above = sop.lanes.iter().skip(place + 1).filter(|lane| lane.recorded_by.is_none());
    above.take(up.into()).last().map(|lane| &lane.id)
}
