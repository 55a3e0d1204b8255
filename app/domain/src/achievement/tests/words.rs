//! Words are not numbers, and one unit has many spellings.

use super::measured;
use crate::achievement::Polarity::HigherIsBetter as Up;
use crate::achievement::{Achievement, Bound, Reading, Unit};

fn percent(target: &str, realisasi: &str) -> String {
    measured(target, realisasi, Up).achievement().to_string()
}

#[test]
fn dates_and_times_are_compared_by_hand() {
    for cell in [
        "31 Desember",
        "28 Des",
        "1 Mei",
        "31 Desember 2025",
        "paling lambat 31 Desember",
        "07.30 WIB",
        "7.30 wita",
        "8 WIB",
        "08:00",
        "pukul 08.00",
        "07.30 WIB (Senin)",
    ] {
        assert!(matches!(Reading::of(cell), Reading::Text(_)), "{cell}: {:?}", Reading::of(cell));
    }
    assert_eq!(measured("31 Desember", "28 Desember", Up).achievement(), Achievement::ByHand);
    assert_eq!(measured("08.00 WIB", "07.30 WIB", Up).achievement(), Achievement::ByHand);
    // Neither a day nor a time.
    for cell in ["32 Desa", "12 bulan", "98,5 mar", "40 Mei", "07.30"] {
        assert!(Reading::of(cell).number().is_some(), "{cell}");
    }
}

#[test]
fn the_grade_beside_a_number_is_no_unit() {
    for cell in
        ["85,5/A", "85,5 / A", "85,5/BB", "85,5 BB", "85,5 (Sangat Baik)", "85,5/Sangat Baik", "85,5 Baik"]
    {
        let reading = Reading::of(cell);
        let number = reading.number().unwrap();
        assert_eq!((number.value.to_string().as_str(), &number.unit), ("85,5", &Unit::None), "{cell}");
    }
    assert_eq!(percent("80/BB", "88/A"), "110,00%");
    assert!(matches!(Reading::of("A/85,5"), Reading::Text(_)));
    // Amperes, not a grade.
    assert_eq!(Reading::of("5 A").shown(), "5 A");
}

#[test]
fn units_have_many_spellings() {
    for (one, two) in [
        ("12 bulan", "12 bln"),
        ("12 Bulan", "12 bln."),
        ("5 Kab/Kota", "5 kabupaten/kota"),
        ("5 kab./kota", "5 Kabupaten / Kota"),
        ("3 Dok.", "3 dokumen"),
        ("10 org", "10 Orang"),
        ("2 OPD", "2 perangkat daerah"),
        ("5 %", "5％"),
        ("5 persen", "5 %"),
    ] {
        assert_eq!(percent(one, two), "100,00%", "{one}, {two}");
    }
    for (one, two) in [("12 bulan", "12 hari"), ("5 kab", "5 kota"), ("5 m", "5 m2"), ("5 %", "5 orang")] {
        assert!(percent(one, two).starts_with("tidak dapat"), "{one}, {two}");
    }
}

#[test]
fn limits_are_said_in_words() {
    for (cell, bound) in [
        ("paling lama 5 hari", Bound::AtMost),
        ("maks. 5 hari", Bound::AtMost),
        ("Paling banyak 5 hari", Bound::AtMost),
        ("tidak lebih dari 5 hari", Bound::AtMost),
        ("paling sedikit 5 hari", Bound::AtLeast),
        ("di atas 5 hari", Bound::Above),
    ] {
        let reading = Reading::of(cell);
        let number = reading.number().unwrap();
        assert_eq!((number.bound, number.unit.to_string().as_str()), (Some(bound), "hari"), "{cell}");
    }
}

#[test]
fn a_space_before_the_comma_is_a_slip() {
    for (cell, shown) in [("98 ,5", "98,5"), ("1 234 ,5", "1.234,5"), ("98 ,5 %", "98,5%")] {
        assert_eq!(Reading::of(cell).shown(), shown);
    }
}
