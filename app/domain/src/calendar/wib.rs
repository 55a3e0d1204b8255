//! WIB (UTC+7, fixed, no summer time): between stored instants and the office's own day.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

const SECONDS_EAST: i32 = 7 * 3600;
const WIB: FixedOffset = FixedOffset::east_opt(SECONDS_EAST).unwrap();

/// The office's time zone: WIB, UTC+7, the whole year.
pub const fn wib() -> FixedOffset {
    WIB
}

/// The wall-clock date and time in WIB of an instant.
///
/// Total: an instant within seven hours of the end of chrono's range is left where it is.
pub fn local(at: DateTime<Utc>) -> NaiveDateTime {
    let naive = at.naive_utc();
    naive.checked_add_offset(WIB).unwrap_or(naive)
}

/// The instant at which the clock in WIB shows `local`; the inverse of [`local`].
pub fn instant(local: NaiveDateTime) -> DateTime<Utc> {
    local.checked_sub_offset(WIB).unwrap_or(local).and_utc()
}

/// The day in WIB that an instant falls on.
pub fn date_of(at: DateTime<Utc>) -> NaiveDate {
    local(at).date()
}

/// 00.00 WIB of a day.
pub fn start_of_day(date: NaiveDate) -> DateTime<Utc> {
    instant(date.and_time(NaiveTime::MIN))
}

/// `hour`.`minute` WIB of a day. 24.00 is the next midnight; larger values run on into later days.
pub fn at(date: NaiveDate, hour: u32, minute: u32) -> DateTime<Utc> {
    let midnight = start_of_day(date);
    let after = TimeDelta::minutes(i64::from(hour) * 60 + i64::from(minute));
    midnight.checked_add_signed(after).unwrap_or(midnight)
}
