//! When agencies are reminded: working days before the last one on which a report is in time.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::calendar::{Calendar, FixedDate, Undecreed, start_of_day};

/// One of the four times at which agencies are reminded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Seven working days before the last working day.
    Seven,
    /// Three before it.
    Three,
    /// The one before it.
    One,
    /// The last working day itself.
    Last,
}

impl Step {
    /// All of them, in the order in which they come.
    pub const ALL: [Self; 4] = [Self::Seven, Self::Three, Self::One, Self::Last];

    /// Working days before the last working day.
    pub fn days(self) -> u32 {
        match self {
            Self::Seven => 7,
            Self::Three => 3,
            Self::One => 1,
            Self::Last => 0,
        }
    }

    /// As it stands in keys and forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Seven => "h7",
            Self::Three => "h3",
            Self::One => "h1",
            Self::Last => "h0",
        }
    }

    /// Reads [`Step::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }

    /// In the office's words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Seven => "H-7",
            Self::Three => "H-3",
            Self::One => "H-1",
            Self::Last => "hari terakhir",
        }
    }
}

/// The times at which the agencies of a run are reminded.
///
/// The **last working day** is the last day on which anybody works before the deadline's date
/// ("sebelum 11 Januari 2027": Friday 8 January). H-n is the n-th working day before it. Each
/// begins with the first minute of work of its day and lasts until the next one begins; the
/// last one until the deadline. So a reminder that could not go on its day goes late, but
/// never together with the next one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// The last working day.
    pub last_day: NaiveDate,
    /// When each step begins.
    pub begins: [(Step, DateTime<Utc>); 4],
    /// The last moment in time.
    pub deadline: DateTime<Utc>,
}

impl Schedule {
    /// The times for a deadline.
    ///
    /// # Errors
    /// [`Undecreed`] if a day that it counts over is of a year without a decree.
    pub fn of(calendar: &Calendar, before: &FixedDate, data_year: i32) -> Result<Self, Undecreed> {
        let last_day = calendar.working_day_before(before.date(data_year), 1)?;
        let begin = |step: Step| -> Result<(Step, DateTime<Utc>), Undecreed> {
            let day = calendar.working_day_before(last_day, step.days())?;
            Ok((step, calendar.next_working(start_of_day(day))?))
        };
        let [seven, three, one, last] = Step::ALL;
        let begins = [begin(seven)?, begin(three)?, begin(one)?, begin(last)?];
        Ok(Self { last_day, begins, deadline: before.last_moment(data_year) })
    }

    /// The step that holds at a moment; `None` before the first and after the deadline.
    pub fn current(&self, now: DateTime<Utc>) -> Option<Step> {
        let begun = self.begins.iter().rev().find(|(_, begin)| *begin <= now);
        begun.map(|(step, _)| *step).filter(|_| now <= self.deadline)
    }

    /// The next step to begin.
    pub fn next(&self, now: DateTime<Utc>) -> Option<(Step, DateTime<Utc>)> {
        self.begins.into_iter().find(|(_, begin)| *begin > now)
    }

    /// When a step begins.
    pub fn begin(&self, step: Step) -> DateTime<Utc> {
        self.begins.iter().find(|(here, _)| *here == step).map_or(self.deadline, |(_, begin)| *begin)
    }

    /// The last moment for a step: before the next one begins, or the deadline.
    pub fn end(&self, step: Step) -> DateTime<Utc> {
        let later = self.begins.iter().find(|(here, _)| *here > step);
        later.map_or(self.deadline, |(_, begin)| *begin - TimeDelta::milliseconds(1))
    }
}
