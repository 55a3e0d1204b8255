//! Setting, changing and storing the days off of a year.

use super::{d, usual, with_ramadan};
use crate::calendar::DayOffKind::{self, CollectiveLeave, NationalHoliday, OfficeClosed};
use crate::calendar::{Calendar, DayOff, ImportProblem, YearProblem};

fn day(date: &str, kind: DayOffKind) -> DayOff {
    DayOff { date: d(date), kind, name: "Uji".to_owned(), decree: "SKB uji".to_owned() }
}

#[test]
fn the_shipped_file_holds_two_years() {
    let calendar = usual();
    assert_eq!(calendar.years().collect::<Vec<_>>(), [2026, 2027]);
    assert_eq!(calendar.days_off(2026).len() + calendar.days_off(2027).len(), 51);
    assert!(calendar.days_off(2028).is_empty());
    let [imlek] = calendar.days_off_on(d("2027-02-05")) else {
        panic!("one reason");
    };
    assert_eq!(imlek.kind, CollectiveLeave);
    assert_eq!(imlek.name, "Tahun Baru Imlek 2578");
    assert!(imlek.decree.contains("1205/2026"));
    assert!(calendar.days_off_on(d("2027-02-04")).is_empty());
}

#[test]
fn a_new_decree_replaces_the_old_one_and_leaves_closed_days() {
    let mut calendar = usual();
    calendar.add_day(day("2027-08-18", OfficeClosed)).unwrap();
    let next = vec![
        day("2027-12-25", NationalHoliday),
        day("2027-01-01", NationalHoliday),
        day("2027-08-19", OfficeClosed),
    ];
    calendar.set_year(2027, next).unwrap();
    let dates: Vec<String> = calendar.days_off(2027).iter().map(|d| d.date.to_string()).collect();
    assert_eq!(dates, ["2027-01-01", "2027-08-18", "2027-08-19", "2027-12-25"]);
    assert_eq!(calendar.is_working_day(d("2027-02-05")), Ok(true));
    assert_eq!(calendar.is_working_day(d("2027-08-18")), Ok(false));
    assert_eq!(calendar.days_off(2026).len(), usual().days_off(2026).len());

    calendar.clear_year(2027);
    assert!(!calendar.is_decreed(2027));
    assert_eq!(calendar.days_off(2027).len(), 2);
}

#[test]
fn one_day_comes_and_goes() {
    let mut calendar = usual();
    let election = day("2027-06-09", NationalHoliday);
    calendar.add_day(election.clone()).unwrap();
    calendar.add_day(election.clone()).unwrap();
    assert_eq!(calendar.days_off_on(election.date).len(), 1);
    assert_eq!(calendar.is_working_day(election.date), Ok(false));
    assert!(calendar.remove_day(&election));
    assert!(!calendar.remove_day(&election));
    assert_eq!(calendar, usual());
    // A single known day does not make a decree.
    calendar.add_day(day("2028-01-01", NationalHoliday)).unwrap();
    assert!(!calendar.is_decreed(2028));
}

#[test]
fn what_cannot_be_a_year_is_refused_and_changes_nothing() {
    let mut nameless = day("2028-01-01", NationalHoliday);
    nameless.name = " ".to_owned();
    let mut groundless = day("2028-01-01", CollectiveLeave);
    groundless.decree.clear();
    let cases = [
        (vec![], "kalender 2028 tidak memuat satu pun libur nasional"),
        (vec![day("2028-01-03", CollectiveLeave)], "kalender 2028 tidak memuat satu pun libur nasional"),
        (vec![day("2027-01-01", NationalHoliday)], "1 Januari 2027 tidak termasuk tahun 2028"),
        (vec![nameless], "hari libur 1 Januari 2028 belum bernama"),
        (vec![groundless], "hari libur 1 Januari 2028 belum menyebut dasar keputusannya"),
    ];
    let mut calendar = usual();
    for (days, sentence) in cases {
        let problem = calendar.set_year(2028, days).unwrap_err();
        assert_eq!(problem.to_string(), sentence);
        assert_eq!(calendar, usual());
    }
}

#[test]
fn a_file_is_taken_over_as_a_whole_or_not_at_all() {
    let mut calendar = usual();
    let text = "tanggal,jenis,nama,dasar\n\
        2028-01-01,libur_nasional,Tahun Baru,SKB\n\
        2029-01-02,cuti_bersama,Sehari sesudahnya,SKB\n";
    let problem = calendar.import_csv(text).unwrap_err();
    assert_eq!(problem, ImportProblem::Year(YearProblem::NoHoliday { year: 2029 }));
    assert_eq!(calendar, usual());
    let text = "tanggal,jenis,nama,dasar\n\
        2028-01-01,libur_nasional,Tahun Baru,SKB\n\
        2029-01-02,kantor_tutup,Pindah kantor,\n";
    calendar.import_csv(text).unwrap();
    assert!(calendar.is_decreed(2028) && !calendar.is_decreed(2029));
    assert_eq!(calendar.days_off(2029).len(), 1);
}

#[test]
fn stored_and_read_back_it_is_the_same() {
    let mut moved = with_ramadan();
    moved.set_hours_from(d("2027-06-01"), crate::calendar::WeekHours::ramadan_proposal());
    for calendar in [Calendar::default(), usual(), with_ramadan(), moved] {
        let text = serde_json::to_string(&calendar).unwrap();
        assert_eq!(serde_json::from_str::<Calendar>(&text).unwrap(), calendar);
    }
    // Days out of order are put in order: lookups depend on it.
    let mut stored = serde_json::to_value(usual()).unwrap();
    stored["days_off"].as_array_mut().unwrap().reverse();
    assert_eq!(serde_json::from_value::<Calendar>(stored).unwrap(), usual());
}
