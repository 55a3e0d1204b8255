//! Numbers that do not look like one another are said.

use super::measured;
use crate::achievement::Polarity::{self, HigherIsBetter as Up, LowerIsBetter as Down};
use crate::achievement::{Field, Row};

fn said(target: &str, realisasi: &str, polarity: Polarity) -> Vec<String> {
    measured(target, realisasi, polarity).remarks().into_iter().map(|remark| remark.sentence).collect()
}

fn with_last(realisasi: &str, last: &str) -> Vec<Field> {
    let row = Row { last: last.to_owned(), ..measured("100", realisasi, Up) };
    row.remarks().into_iter().map(|remark| remark.field).collect()
}

#[test]
fn a_share_against_percent_is_said() {
    assert_eq!(
        said("0,95", "98,5%", Up),
        ["target 0,95 dan realisasi 98,5% berbeda kira-kira 100 kali, periksa satuannya"]
    );
    assert_eq!(said("95%", "0,98", Up).len(), 1);
    // Thousands of rupiah against rupiah, and millions.
    assert!(said("Rp1.500.000.000", "1.432.567", Up)[0].contains("1.000 kali"));
    assert!(said("1.500", "Rp1.432.567.000", Up).iter().any(|said| said.contains("1.000.000 kali")));
    // Both say what they count, or neither does.
    assert!(said("0,95%", "98,5%", Up)[0].contains("lebih dari 200%"));
    assert!(said("1", "100", Up)[0].contains("lebih dari 200%"));
    assert_eq!(said("95", "98,5%", Up), [""; 0]);
}

#[test]
fn a_capaian_far_from_its_target_is_said() {
    for (target, realisasi, polarity, is_said) in [
        ("10", "20", Up, false),
        ("100", "200,01", Up, true),
        ("100", "10", Up, false),
        ("100", "9,9", Up, true),
        ("100", "0", Up, true),
        ("5", "9,6", Down, true),
        ("5", "4", Down, false),
        ("0", "5", Up, false),
        ("BB", "A", Up, false),
        ("100", "", Up, false),
    ] {
        assert_eq!(!said(target, realisasi, polarity).is_empty(), is_said, "{target} {realisasi}");
    }
}

#[test]
fn ten_times_the_year_before_is_said() {
    assert_eq!(with_last("99", "9,8"), [Field::Last]);
    assert_eq!(with_last("99", "9,9"), []);
    assert_eq!(with_last("99", "0"), []);
    assert_eq!(with_last("99%", "9%"), [Field::Last]);
    // The capaian of the year before is no amount.
    assert_eq!(with_last("99", "9%"), []);
    assert_eq!(with_last("99 dokumen", "5 bulan"), []);
}
