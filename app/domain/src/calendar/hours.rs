//! Working hours of a week, and the dated exceptions to them (Ramadan).

use std::fmt;

use chrono::{NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::words;

/// Minutes from 00.00 to 24.00.
const MINUTES_A_DAY: u16 = 24 * 60;

/// One unbroken stretch of work within a day, in minutes after 00.00 WIB, `open < close <= 1440`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "(u16, u16)", into = "(u16, u16)")]
pub struct Interval {
    open: u16,
    close: u16,
}

impl Interval {
    /// From `open` to `close`, in minutes after 00.00.
    ///
    /// # Errors
    /// [`HoursProblem::Backwards`] if it ends before it begins, [`HoursProblem::PastMidnight`]
    /// if it leaves the day.
    pub const fn new(open: u16, close: u16) -> Result<Self, HoursProblem> {
        if open >= close {
            return Err(HoursProblem::Backwards { open, close });
        }
        if close > MINUTES_A_DAY {
            return Err(HoursProblem::PastMidnight { close });
        }
        Ok(Self { open, close })
    }

    /// The first working minute, in minutes after 00.00.
    pub const fn open(self) -> u16 {
        self.open
    }

    /// The end, in minutes after 00.00; this minute is no longer worked.
    pub const fn close(self) -> u16 {
        self.close
    }

    /// Length in minutes.
    pub const fn minutes(self) -> i64 {
        (self.close - self.open) as i64
    }
}

impl std::str::FromStr for Interval {
    type Err = HoursProblem;

    /// Reads "07.30-12.00"; a colon and any dash do as well.
    fn from_str(text: &str) -> Result<Self, HoursProblem> {
        let unreadable = || HoursProblem::Unreadable { text: super::csv::shown(text) };
        let (open, close) = text.split_once(['-', '–', '—']).ok_or_else(unreadable)?;
        let minute = |text: &str| {
            let (hour, minute) = text.trim().split_once(['.', ':'])?;
            let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
            let written =
                (1..=2).contains(&hour.len()) && minute.len() == 2 && digits(hour) && digits(minute);
            let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
            (written && minute < 60 && hour <= 24).then_some(hour * 60 + minute)
        };
        Self::new(minute(open).ok_or_else(unreadable)?, minute(close).ok_or_else(unreadable)?)
    }
}

impl TryFrom<(u16, u16)> for Interval {
    type Error = HoursProblem;

    fn try_from((open, close): (u16, u16)) -> Result<Self, HoursProblem> {
        Self::new(open, close)
    }
}

impl From<Interval> for (u16, u16) {
    fn from(interval: Interval) -> Self {
        (interval.open, interval.close)
    }
}

/// "07.30–12.00"
impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { open, close } = self;
        let (oh, om, ch, cm) = (open / 60, open % 60, close / 60, close % 60);
        write!(f, "{oh:02}.{om:02}–{ch:02}.{cm:02}")
    }
}

/// The working hours of each weekday; a weekday without an interval is free.
///
/// The default is 37.5 hours: Senin–Kamis 07.30–12.00 and 13.00–16.00, Jumat 07.30–11.30 and
/// 13.00–16.30, so that every working day has 450 minutes. The sum is the rule, the times of
/// day are assumed and configurable (`domain.md`, section 4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "[Vec<Interval>; 7]", into = "[Vec<Interval>; 7]")]
pub struct WeekHours([Vec<Interval>; 7]);

impl WeekHours {
    /// Hours for Senin, Selasa … Minggu, each in the order of the day.
    ///
    /// # Errors
    /// [`HoursProblem::Overlap`] if two intervals of a weekday overlap or are not in order.
    pub fn new(days: [Vec<Interval>; 7]) -> Result<Self, HoursProblem> {
        for day in &days {
            for pair in day.windows(2) {
                if let [first, second] = pair
                    && first.close > second.open
                {
                    return Err(HoursProblem::Overlap { first: *first, second: *second });
                }
            }
        }
        Ok(Self(days))
    }

    /// One day's hours for Senin to Kamis, another's for Jumat, nothing at the weekend.
    ///
    /// # Errors
    /// As [`WeekHours::new`].
    pub fn weekdays(monday_to_thursday: Vec<Interval>, friday: Vec<Interval>) -> Result<Self, HoursProblem> {
        let week = monday_to_thursday;
        Self::new([week.clone(), week.clone(), week.clone(), week, friday, Vec::new(), Vec::new()])
    }

    /// A starting point for the month of Ramadan, 32.5 hours: Senin–Kamis 08.00–12.00 and
    /// 12.30–15.00, Jumat 08.00–11.30 and 12.30–15.30. **Assumed**: the administrator dates and
    /// confirms it each year, it is never applied by itself.
    pub fn ramadan_proposal() -> Self {
        Self::five_days([(480, 720), (750, 900)], [(480, 690), (750, 930)])
    }

    /// Reads the hours of each weekday, Senin first: "07.30-12.00, 13.00-16.00"; a weekday
    /// without any text is free.
    ///
    /// # Errors
    /// The weekday that cannot be read, from 0, and why.
    pub fn parse(days: &[String; 7]) -> Result<Self, (usize, HoursProblem)> {
        let mut week: [Vec<Interval>; 7] = Default::default();
        for (index, (text, day)) in days.iter().zip(&mut week).enumerate() {
            let parts = text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
            *day = parts.map(str::parse).collect::<Result<_, _>>().map_err(|problem| (index, problem))?;
            let mut one: [Vec<Interval>; 7] = Default::default();
            let [first, ..] = &mut one;
            first.clone_from(day);
            Self::new(one).map_err(|problem| (index, problem))?;
        }
        Ok(Self(week))
    }

    /// The hours of each weekday as [`WeekHours::parse`] reads them.
    pub fn texts(&self) -> [String; 7] {
        self.0.clone().map(|day| {
            day.iter().map(|span| span.to_string().replace('–', "-")).collect::<Vec<_>>().join(", ")
        })
    }

    /// The intervals of a weekday, in order.
    pub fn on(&self, weekday: Weekday) -> &[Interval] {
        let [mon, tue, wed, thu, fri, sat, sun] = &self.0;
        match weekday {
            Weekday::Mon => mon,
            Weekday::Tue => tue,
            Weekday::Wed => wed,
            Weekday::Thu => thu,
            Weekday::Fri => fri,
            Weekday::Sat => sat,
            Weekday::Sun => sun,
        }
    }

    /// Working minutes of a whole week without holidays; 2250 by default.
    pub fn minutes_a_week(&self) -> i64 {
        self.0.iter().flatten().map(|i| i.minutes()).sum()
    }

    fn five_days(week: [(u16, u16); 2], friday: [(u16, u16); 2]) -> Self {
        let day = |spans: [(u16, u16); 2]| -> Vec<Interval> {
            spans.map(|(open, close)| Interval { open, close }).into()
        };
        Self([day(week), day(week), day(week), day(week), day(friday), Vec::new(), Vec::new()])
    }
}

impl Default for WeekHours {
    fn default() -> Self {
        Self::five_days([(450, 720), (780, 960)], [(450, 690), (780, 990)])
    }
}

impl TryFrom<[Vec<Interval>; 7]> for WeekHours {
    type Error = HoursProblem;

    fn try_from(days: [Vec<Interval>; 7]) -> Result<Self, HoursProblem> {
        Self::new(days)
    }
}

impl From<WeekHours> for [Vec<Interval>; 7] {
    fn from(hours: WeekHours) -> Self {
        hours.0
    }
}

/// Other working hours from one day to another, such as those of Ramadan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursException {
    /// First day, in WIB.
    pub from: NaiveDate,
    /// Last day, included.
    pub to: NaiveDate,
    /// What the office calls it: "Ramadan 1448 H".
    pub name: String,
    /// The hours that hold instead of the usual ones.
    pub hours: WeekHours,
}

/// Why working hours cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HoursProblem {
    /// A text that is no stretch of hours, cut to 40 characters.
    #[error("jam kerja \"{text}\" tidak terbaca, tulis seperti 07.30-12.00, 13.00-16.00")]
    Unreadable {
        /// What was written.
        text: String,
    },
    /// An interval that ends before or as it begins; minutes after 00.00.
    #[error("jam kerja harus selesai sesudah mulai (menit {open} sampai {close})")]
    Backwards {
        /// Where it would begin.
        open: u16,
        /// Where it would end.
        close: u16,
    },
    /// An interval that leaves its day.
    #[error("jam kerja tidak boleh melewati pukul 24.00 (menit {close})")]
    PastMidnight {
        /// Where it would end, in minutes after 00.00.
        close: u16,
    },
    /// Two intervals of one weekday that overlap or are not in order.
    #[error("jam kerja {first} dan {second} bertumpuk atau tidak urut")]
    Overlap {
        /// The one that stands first.
        first: Interval,
        /// The one after it.
        second: Interval,
    },
    /// An exception whose last day is before its first.
    #[error("jam kerja khusus \"{name}\" berakhir sebelum mulai")]
    ReversedException {
        /// The exception's name.
        name: String,
    },
    /// Two exceptions that claim the same day.
    #[error("jam kerja khusus \"{first}\" dan \"{second}\" sama-sama berlaku pada {}", words::date(*.on))]
    OverlappingExceptions {
        /// The one that begins first.
        first: String,
        /// The one after it.
        second: String,
        /// The first day that both claim.
        on: NaiveDate,
    },
}
