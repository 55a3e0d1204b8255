//! Working hours and their exceptions.

use chrono::Weekday;

use super::{d, exception, usual};
use crate::calendar::{HoursProblem, Interval, WeekHours};

fn span(open: u16, close: u16) -> Interval {
    Interval::new(open, close).unwrap()
}

#[test]
fn the_default_week_has_37_and_a_half_hours() {
    let hours = WeekHours::default();
    assert_eq!(hours.minutes_a_week(), 2250);
    let shown = |day| hours.on(day).iter().map(Interval::to_string).collect::<Vec<_>>();
    assert_eq!(shown(Weekday::Mon), ["07.30–12.00", "13.00–16.00"]);
    assert_eq!(shown(Weekday::Thu), ["07.30–12.00", "13.00–16.00"]);
    assert_eq!(shown(Weekday::Fri), ["07.30–11.30", "13.00–16.30"]);
    assert!(shown(Weekday::Sat).is_empty() && shown(Weekday::Sun).is_empty());
    let built =
        WeekHours::weekdays(vec![span(450, 720), span(780, 960)], vec![span(450, 690), span(780, 990)]);
    assert_eq!(built, Ok(hours));
    assert_eq!(WeekHours::ramadan_proposal().minutes_a_week(), 1950);
}

#[test]
fn impossible_hours_are_refused() {
    let problem = |open, close| Interval::new(open, close).unwrap_err().to_string();
    assert_eq!(problem(720, 720), "jam kerja harus selesai sesudah mulai (menit 720 sampai 720)");
    assert_eq!(problem(1200, 1441), "jam kerja tidak boleh melewati pukul 24.00 (menit 1441)");
    let overlap = WeekHours::weekdays(vec![span(450, 720), span(719, 960)], vec![]).unwrap_err();
    assert_eq!(overlap.to_string(), "jam kerja 07.30–12.00 dan 11.59–16.00 bertumpuk atau tidak urut");
    assert!(WeekHours::weekdays(vec![span(450, 720), span(720, 960)], vec![]).is_ok());
    for text in ["[[[720,450]],[],[],[],[],[],[]]", "[[[1,9],[5,10]],[],[],[],[],[],[]]", "[[]]"] {
        assert!(serde_json::from_str::<WeekHours>(text).is_err(), "{text}");
    }
}

#[test]
fn an_exception_holds_from_its_first_day_to_its_last() {
    let mut calendar = usual();
    let later = exception("Ramadan 1448 H", "2027-02-08", "2027-03-09");
    let earlier = exception("Ramadan 1447 H", "2026-02-19", "2026-03-19");
    calendar.set_exceptions(vec![later, earlier]).unwrap();
    assert_eq!(calendar.exceptions()[0].name, "Ramadan 1447 H");
    let week = |date| calendar.hours_on(d(date)).minutes_a_week();
    for usual in ["2026-02-18", "2026-03-20", "2027-02-07", "2027-03-10"] {
        assert_eq!(week(usual), 2250, "{usual}");
    }
    for short in ["2026-02-19", "2026-03-19", "2027-02-08", "2027-03-09"] {
        assert_eq!(week(short), 1950, "{short}");
    }
}

#[test]
fn exceptions_that_contradict_each_other_are_refused() {
    let mut calendar = usual();
    let first = exception("A", "2027-02-08", "2027-03-09");
    let second = exception("B", "2027-03-09", "2027-03-12");
    let problem = calendar.set_exceptions(vec![second, first.clone()]).unwrap_err();
    assert_eq!(problem.to_string(), "jam kerja khusus \"A\" dan \"B\" sama-sama berlaku pada 9 Maret 2027");
    let reversed = exception("C", "2027-03-09", "2027-02-08");
    let problem = calendar.set_exceptions(vec![reversed]).unwrap_err();
    assert_eq!(problem, HoursProblem::ReversedException { name: "C".to_owned() });
    assert!(calendar.exceptions().is_empty());
    // Neither does a stored calendar smuggle them in.
    let mut stored = serde_json::to_value(usual()).unwrap();
    stored["exceptions"] = serde_json::to_value([&first, &first]).unwrap();
    assert!(serde_json::from_value::<super::Calendar>(stored).is_err());
}

#[test]
fn hours_are_read_as_the_office_writes_them() {
    for hours in [WeekHours::default(), WeekHours::ramadan_proposal()] {
        assert_eq!(WeekHours::parse(&hours.texts()), Ok(hours));
    }
    let texts = WeekHours::default().texts();
    assert_eq!(texts[4], "07.30-11.30, 13.00-16.30");
    assert_eq!(texts[6], "");
    let with = |monday: &str| {
        let mut texts = texts.clone();
        texts[0] = monday.to_owned();
        WeekHours::parse(&texts).map_err(|(day, problem)| format!("{day} {problem}"))
    };
    assert_eq!(with(" 7:30 – 12.00; 13.00-16.00 "), Ok(WeekHours::default()));
    let cases = [
        ("pagi", "0 jam kerja \"pagi\" tidak terbaca, tulis seperti 07.30-12.00, 13.00-16.00"),
        ("07.30", "0 jam kerja \"07.30\" tidak terbaca, tulis seperti 07.30-12.00, 13.00-16.00"),
        ("7.5-12.00", "0 jam kerja \"7.5-12.00\" tidak terbaca, tulis seperti 07.30-12.00, 13.00-16.00"),
        ("07.60-12.00", "0 jam kerja \"07.60-12.00\" tidak terbaca, tulis seperti 07.30-12.00, 13.00-16.00"),
        ("12.00-07.30", "0 jam kerja harus selesai sesudah mulai (menit 720 sampai 450)"),
        ("07.30-12.00, 11.00-16.00", "0 jam kerja 07.30–12.00 dan 11.00–16.00 bertumpuk atau tidak urut"),
        ("20.00-24.30", "0 jam kerja tidak boleh melewati pukul 24.00 (menit 1470)"),
    ];
    for (text, sentence) in cases {
        assert_eq!(with(text), Err(sentence.to_owned()), "{text}");
    }
}
