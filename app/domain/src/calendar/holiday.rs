//! Days off: national holidays and collective leave by decree, and the office's own closed days.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Why nobody works on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayOffKind {
    /// Libur nasional, by the yearly joint decree (SKB 3 Menteri).
    NationalHoliday,
    /// Cuti bersama, by the same decree and kept apart from the holidays.
    CollectiveLeave,
    /// A day on which only this office is closed.
    OfficeClosed,
}

impl DayOffKind {
    /// Every kind, in the order in which pages list them.
    pub const ALL: [Self; 3] = [Self::NationalHoliday, Self::CollectiveLeave, Self::OfficeClosed];

    /// The word for it in the column `jenis` of the CSV.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NationalHoliday => "libur_nasional",
            Self::CollectiveLeave => "cuti_bersama",
            Self::OfficeClosed => "kantor_tutup",
        }
    }

    /// The kind that a word of the CSV stands for.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether such a day comes from the yearly decree and so belongs to a decreed year.
    pub const fn by_decree(self) -> bool {
        !matches!(self, Self::OfficeClosed)
    }
}

/// "libur nasional", "cuti bersama", "kantor tutup"
impl fmt::Display for DayOffKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NationalHoliday => "libur nasional",
            Self::CollectiveLeave => "cuti bersama",
            Self::OfficeClosed => "kantor tutup",
        })
    }
}

/// One reason for one day off. A day may have more than one.
///
/// The order is by date, then kind, then name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DayOff {
    /// The day, in WIB.
    pub date: NaiveDate,
    /// Holiday, collective leave or closed office.
    pub kind: DayOffKind,
    /// What is celebrated, or why the office is closed.
    pub name: String,
    /// The decree it rests on, as cited ("SKB 3 Menteri 1205/2026 …"); may be empty only for a
    /// closed office.
    pub decree: String,
}

impl DayOff {
    /// Takes away what the office itself wrote: a closed office only says that it is closed.
    pub(crate) fn lose_words(&mut self) {
        if !self.kind.by_decree() {
            self.name = self.kind.to_string();
            self.decree.clear();
        }
    }
}
