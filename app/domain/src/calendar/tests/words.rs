//! Times in Indonesian words.

use chrono::{NaiveDate, TimeDelta};

use super::{d, t};
use crate::calendar::{WorkMinutes, words};

#[test]
fn dates_and_instants() {
    let at = t("2026-12-09 11.00");
    assert_eq!(words::date(d("2026-09-07")), "7 September 2026");
    assert_eq!(words::short_date(d("2026-08-17")), "17 Agu");
    assert_eq!(words::weekday_date(d("2026-12-09")), "Rabu, 9 Desember 2026");
    assert_eq!(words::full(at), "Rabu, 9 Desember 2026 pukul 11.00");
    assert_eq!(words::short(t("2026-12-07 08.02")), "7 Des 08.02");
    assert_eq!(words::clock(t("2026-12-07 00.05")), "00.05");
    assert_eq!(words::brief(t("2026-12-07 08.02"), t("2026-12-07 00.00")), "08.02");
    assert_eq!(words::brief(t("2026-12-07 00.00"), t("2026-12-06 23.59")), "7 Des");
    let days = (1..=7).map(|day| words::weekday(NaiveDate::from_ymd_opt(2026, 6, day).unwrap()));
    assert_eq!(days.collect::<Vec<_>>(), ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]);
    let months: Vec<_> = (1..=12).map(words::month).collect();
    assert_eq!(months[0], "Januari");
    assert_eq!(months[7], "Agustus");
    assert_eq!(months[11], "Desember");
    assert_eq!(words::month(0), "");
    assert_eq!(words::month(13), "");
}

#[test]
fn amounts_of_working_time() {
    let cases = [
        (0, "0 m", "waktu kerja habis"),
        (1, "1 m", "1 m lagi"),
        (59, "59 m", "59 m lagi"),
        (60, "1 jam", "1 jam lagi"),
        (89, "1 jam 29 m", "1 jam 29 m lagi"),
        (449, "7 jam 29 m", "7 jam 29 m lagi"),
        (450, "1 hari kerja", "1 hari kerja lagi"),
        (509, "1 hari kerja", "1 hari kerja lagi"),
        (510, "1 hari kerja 1 jam", "1 hari kerja 1 jam lagi"),
        (900, "2 hari kerja", "2 hari kerja lagi"),
        (1080, "2 hari kerja 3 jam", "2 hari kerja 3 jam lagi"),
        (-89, "1 jam 29 m", "lewat 1 jam 29 m"),
        (-900, "2 hari kerja", "lewat 2 hari kerja"),
    ];
    for (minutes, span, remaining) in cases {
        assert_eq!(words::span(WorkMinutes(minutes), 450), span);
        assert_eq!(words::remaining(WorkMinutes(minutes), 450), remaining);
    }
    assert_eq!(words::span(WorkMinutes(390), 390), "1 hari kerja");
    assert_eq!(words::span(WorkMinutes(900), 0), "15 jam");
    let _ = words::span(WorkMinutes(i64::MIN), 450);
}

#[test]
fn counts_and_ordinary_time() {
    assert_eq!(words::working_days_left(4), "4 hari kerja lagi");
    assert_eq!(words::working_days_left(0), "tidak ada hari kerja lagi");
    let elapsed = |minutes| words::elapsed(TimeDelta::minutes(minutes));
    assert_eq!(elapsed(85 * 60 + 20), "3 hari 13 jam");
    assert_eq!(elapsed(149), "2 jam 29 m");
    assert_eq!(elapsed(-1440), "1 hari");
    assert_eq!(elapsed(0), "0 m");
}

/// The ends of chrono's range are shown in UTC rather than not at all.
#[test]
fn the_ends_of_time_do_not_panic() {
    for at in [chrono::DateTime::<chrono::Utc>::MIN_UTC, chrono::DateTime::<chrono::Utc>::MAX_UTC] {
        assert!(!words::full(at).is_empty());
        let calendar = super::usual();
        assert!(calendar.add_working(at, WorkMinutes(1)).is_err());
        assert!(calendar.sub_working(at, WorkMinutes(1)).is_err());
    }
}
