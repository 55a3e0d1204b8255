//! What happens to the calendar.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::DueMoved;
use crate::calendar::{DayOff, HoursException, WeekHours};

/// What can happen to the calendar, and whose due dates that moved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CalendarEvent {
    /// The days off of a year were decreed, or changed.
    YearDecreed {
        /// The year.
        year: i32,
        /// All its days off.
        days: Vec<DayOff>,
        /// The due dates of the runs in progress that it moved.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        moved: Vec<DueMoved>,
    },
    /// Single days off were added, removed, or changed.
    DaysOffChanged {
        /// Days that are no longer off.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        removed: Vec<DayOff>,
        /// Days that are.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        added: Vec<DayOff>,
        /// The due dates of the runs in progress that it moved.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        moved: Vec<DueMoved>,
    },
    /// The usual working hours became others from a day on.
    HoursSet {
        /// The first day on which they hold.
        from: NaiveDate,
        /// The hours.
        hours: WeekHours,
        /// The due dates of the runs in progress that it moved.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        moved: Vec<DueMoved>,
    },
    /// Other working hours were set from one day to another.
    SpecialHoursAdded {
        /// When, and which.
        special: HoursException,
        /// The due dates of the runs in progress that it moved.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        moved: Vec<DueMoved>,
    },
    /// Special working hours were taken away.
    SpecialHoursRemoved {
        /// What held until then.
        special: HoursException,
        /// The due dates of the runs in progress that it moved.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        moved: Vec<DueMoved>,
    },
}

impl CalendarEvent {
    /// The due dates that the event moved, of whatever run.
    pub fn moved(&self) -> &[DueMoved] {
        match self {
            Self::YearDecreed { moved, .. }
            | Self::DaysOffChanged { moved, .. }
            | Self::HoursSet { moved, .. }
            | Self::SpecialHoursAdded { moved, .. }
            | Self::SpecialHoursRemoved { moved, .. } => moved,
        }
    }
}
