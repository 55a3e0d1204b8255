//! A year without a decree says so, and only where it is touched.

use super::{d, t, usual};
use crate::calendar::{Allowance, Calendar, DayOff, DayOffKind, Undecreed, WorkMinutes};

const TWENTY_EIGHT: Undecreed = Undecreed { year: 2028 };

#[test]
fn it_says_which_year() {
    assert_eq!(TWENTY_EIGHT.to_string(), "kalender 2028 belum ditetapkan");
}

#[test]
fn nothing_is_guessed_about_a_day_of_it() {
    let calendar = usual();
    let new_year = d("2028-01-01");
    assert_eq!(calendar.is_working_day(new_year), Err(TWENTY_EIGHT));
    assert_eq!(calendar.day_length(d("2028-01-02")), Err(TWENTY_EIGHT));
    assert_eq!(calendar.is_working(t("2028-01-02 10.00")), Err(TWENTY_EIGHT));
    assert_eq!(calendar.working_days_between(d("2027-12-31"), new_year), Ok(1));
    let to = d("2028-01-02");
    assert_eq!(calendar.working_days_between(new_year, to), Err(TWENTY_EIGHT));
    assert_eq!(calendar.working_day_before(to, 1), Err(TWENTY_EIGHT));
    assert_eq!(calendar.working_day_before(new_year, 1), Ok(d("2027-12-31")));
    let next = calendar.next_working(t("2027-12-31 16.30"));
    assert_eq!(next, Err(TWENTY_EIGHT));
}

#[test]
fn an_end_in_it_is_refused_and_an_end_just_before_it_is_not() {
    let calendar = usual();
    let start = t("2027-12-31 15.30");
    let add = |minutes| calendar.add_working(start, WorkMinutes(minutes));
    assert_eq!(add(60), Ok(t("2027-12-31 16.30")));
    assert_eq!(add(61), Err(TWENTY_EIGHT));
    assert_eq!(calendar.end_of(start, &Allowance::Days(1)), Err(TWENTY_EIGHT));
    let day = Some(t("2027-12-31 16.30"));
    assert_eq!(calendar.end_of(t("2027-12-31 07.30"), &Allowance::Days(1)), Ok(day));
    assert_eq!(calendar.end_of(start, &Allowance::Days(u32::MAX)), Err(TWENTY_EIGHT));
    assert_eq!(add(i64::MAX), Err(TWENTY_EIGHT));
    assert_eq!(add(i64::MIN), Err(Undecreed { year: 2025 }));
}

#[test]
fn midnight_belongs_to_the_year_that_ends() {
    let calendar = usual();
    let midnight = t("2028-01-01 00.00");
    let sub = |end| calendar.sub_working(end, WorkMinutes(1));
    assert_eq!(sub(midnight), Ok(t("2027-12-31 16.29")));
    assert_eq!(sub(t("2028-01-01 00.01")), Err(TWENTY_EIGHT));
    let from = t("2027-12-31 16.00");
    assert_eq!(calendar.working_between(from, midnight), Ok(WorkMinutes(30)));
    assert_eq!(calendar.working_between(midnight, from), Ok(WorkMinutes(-30)));
    let later = t("2028-01-01 00.01");
    assert_eq!(calendar.working_between(from, later), Err(TWENTY_EIGHT));
    assert_eq!(calendar.working_between(later, from), Err(TWENTY_EIGHT));
    assert_eq!(calendar.working_between(later, later), Ok(WorkMinutes(0)));
    assert_eq!(calendar.start_for(midnight, &Allowance::Days(1)), Ok(Some(t("2027-12-31 07.30"))));
}

#[test]
fn a_gap_between_decreed_years_is_not_jumped_over() {
    let holiday = DayOff {
        date: d("2029-01-01"),
        kind: DayOffKind::NationalHoliday,
        name: "Tahun Baru 2029 Masehi".to_owned(),
        decree: "uji".to_owned(),
    };
    let calendar = usual().with_year(2029, vec![holiday]).unwrap();
    let (from, to) = (t("2027-06-01 08.00"), t("2029-06-01 08.00"));
    assert_eq!(calendar.working_between(from, to), Err(TWENTY_EIGHT));
    assert_eq!(calendar.add_working(from, WorkMinutes(450 * 400)), Err(TWENTY_EIGHT));
    assert_eq!(calendar.sub_working(to, WorkMinutes(450 * 400)), Err(TWENTY_EIGHT));
}

#[test]
fn a_default_calendar_computes_nothing() {
    let calendar = Calendar::default();
    let at = t("2026-06-03 09.00");
    let none = Err(Undecreed { year: 2026 });
    assert_eq!(calendar.add_working(at, WorkMinutes(1)), none);
    assert_eq!(calendar.years().count(), 0);
    assert_eq!(calendar.add_working(at, WorkMinutes(0)), Ok(at));
}
