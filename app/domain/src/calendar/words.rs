//! Times in Indonesian words, for every page. Instants are shown in WIB.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Timelike, Utc};

use super::{WorkMinutes, local};

const MONTHS: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];

const MONTHS_SHORT: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"];

const WEEKDAYS: [&str; 7] = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"];

/// A month's name, 1 being "Januari"; empty for a number that is no month.
pub fn month(number: u32) -> &'static str {
    name(&MONTHS, number.wrapping_sub(1))
}

/// "Rabu"
pub fn weekday(date: NaiveDate) -> &'static str {
    name(&WEEKDAYS, date.weekday().num_days_from_monday())
}

/// "7 September 2026"
pub fn date(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), month(date.month()), date.year())
}

/// "7 Sep", where the year is plain from the page.
pub fn short_date(date: NaiveDate) -> String {
    format!("{} {}", date.day(), name(&MONTHS_SHORT, date.month0()))
}

/// "Rabu, 9 Desember 2026"
pub fn weekday_date(date: NaiveDate) -> String {
    format!("{}, {}", weekday(date), self::date(date))
}

/// "08.02"
pub fn clock(at: DateTime<Utc>) -> String {
    let at = local(at);
    format!("{:02}.{:02}", at.hour(), at.minute())
}

/// Time of day in WIB to the second: "10.47.12".
pub fn clock_seconds(at: DateTime<Utc>) -> String {
    let time = local(at).time();
    format!("{:02}.{:02}.{:02}", time.hour(), time.minute(), time.second())
}

/// "7 Des 08.02"
pub fn short(at: DateTime<Utc>) -> String {
    format!("{} {}", short_date(local(at).date()), clock(at))
}

/// What came of something that waited since an earlier moment, where there is hardly room:
/// "08.02" if it came on the same day, else "7 Des".
pub fn brief(at: DateTime<Utc>, since: DateTime<Utc>) -> String {
    let (day, begun) = (local(at).date(), local(since).date());
    if day == begun { clock(at) } else { short_date(day) }
}

/// "Rabu, 9 Desember 2026 pukul 11.00"
pub fn full(at: DateTime<Utc>) -> String {
    format!("{} pukul {}", weekday_date(local(at).date()), clock(at))
}

/// An amount of working time without its sign: "2 hari kerja 3 jam", "1 jam 29 m", "0 m".
///
/// `day_minutes` is the length of a working day, usually
/// [`DAY_MINUTES`](super::DAY_MINUTES); with 0 or less nothing is counted in days. Beside days,
/// minutes are left out, never rounded up.
pub fn span(time: WorkMinutes, day_minutes: i64) -> String {
    let minutes = time.0.saturating_abs();
    if day_minutes <= 0 || minutes < day_minutes {
        return hours_and_minutes(minutes);
    }
    let (days, hours) = (minutes / day_minutes, minutes % day_minutes / 60);
    match hours {
        0 => format!("{days} hari kerja"),
        _ => format!("{days} hari kerja {hours} jam"),
    }
}

/// What is left of working time, or by how much it is over: "2 hari kerja lagi",
/// "lewat 1 jam 29 m"; "waktu kerja habis" when there is none left and none over.
pub fn remaining(left: WorkMinutes, day_minutes: i64) -> String {
    match left.0 {
        1.. => format!("{} lagi", span(left, day_minutes)),
        0 => "waktu kerja habis".to_owned(),
        _ => format!("lewat {}", span(left, day_minutes)),
    }
}

/// "4 hari kerja lagi", for a count of whole working days; "tidak ada hari kerja lagi" for 0 or
/// less.
pub fn working_days_left(days: i64) -> String {
    match days {
        1.. => format!("{days} hari kerja lagi"),
        _ => "tidak ada hari kerja lagi".to_owned(),
    }
}

/// A stretch of ordinary time without its sign, days of 24 hours: "3 hari 13 jam", "2 jam 29 m".
pub fn elapsed(time: TimeDelta) -> String {
    let minutes = time.num_minutes().saturating_abs();
    let (days, hours) = (minutes / (24 * 60), minutes / 60 % 24);
    match (days, hours) {
        (0, _) => hours_and_minutes(minutes),
        (_, 0) => format!("{days} hari"),
        _ => format!("{days} hari {hours} jam"),
    }
}

fn hours_and_minutes(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, m) => format!("{m} m"),
        (h, 0) => format!("{h} jam"),
        (h, m) => format!("{h} jam {m} m"),
    }
}

fn name(names: &[&'static str], index: u32) -> &'static str {
    usize::try_from(index).ok().and_then(|i| names.get(i).copied()).unwrap_or_default()
}
