//! Reading Waktu as printed.

use proptest::prelude::*;
use proptest::test_runner::RngAlgorithm;

use crate::calendar::Allowance::{self, Days, Hours, Minutes, Months, Weeks};
use crate::calendar::WorkMinutes;

#[test]
fn what_procedures_print_is_read() {
    let cases = [
        ("1 Jam", Hours(1)),
        ("1 Hari", Days(1)),
        ("10 hari", Days(10)),
        ("10 Hari", Days(10)),
        ("4 HARI", Days(4)),
        ("1 Bulan", Months(1)),
        ("2 Minggu", Weeks(2)),
        ("2 pekan", Weeks(2)),
        ("15 menit", Minutes(15)),
        ("60 Menit", Minutes(60)),
        ("1.440 menit", Minutes(1440)),
        ("-", Allowance::None),
        ("–", Allowance::None),
        ("", Allowance::None),
        ("  ", Allowance::None),
        ("1 (satu) Hari", Days(1)),
        ("10(sepuluh)hari", Days(10)),
        ("10 (sepuluh) hari kerja", Days(10)),
        ("10 Hari (kerja)", Days(10)),
        ("2 Jam kerja", Hours(2)),
        ("  3   Hari  ", Days(3)),
        ("3hari", Days(3)),
        ("1\u{a0}Jam", Hours(1)),
        ("007 hari", Days(7)),
        ("1,5 Jam", Minutes(90)),
        ("0,25 jam", Minutes(15)),
        ("2,0 Jam", Hours(2)),
        ("0,5 Hari", Minutes(225)),
        ("1,5 hari", Minutes(675)),
        ("2 Jam 30 Menit", Minutes(150)),
        ("1 (satu) jam 5 (lima) menit", Minutes(65)),
        ("1,5 Jam 15 Menit", Minutes(105)),
        ("4294967295 Hari", Days(u32::MAX)),
    ];
    for (printed, read) in cases {
        assert_eq!(Allowance::parse(printed), Ok(read), "{printed:?}");
    }
}

#[test]
fn what_is_not_understood_is_not_guessed() {
    let unknown = "tidak dikenal, tulis seperti";
    let cases = [
        ("Jam", unknown),
        ("10", unknown),
        ("satu hari", unknown),
        ("- 1 Hari", unknown),
        ("±1 Hari", unknown),
        ("1-2 Hari", unknown),
        ("1.5 Jam", unknown),
        ("1,5,5 Jam", unknown),
        ("1, Jam", unknown),
        (",5 Jam", unknown),
        ("1234.567 menit", unknown),
        ("1 (satu Hari", unknown),
        ("1 satu) Hari", unknown),
        ("15 Menit/PD", unknown),
        ("1 Hari *", unknown),
        ("1 Tahun", "satuan waktu \"tahun\" tidak dikenal, pilih Menit"),
        ("1 hr", "satuan waktu \"hr\" tidak dikenal"),
        ("1 hari kalender", unknown),
        ("1 minggu kerja", unknown),
        ("1 hari kerjanya", unknown),
        ("0 Hari", "waktu harus lebih dari nol"),
        ("0,0 Jam", "waktu harus lebih dari nol"),
        ("0 Jam 0 Menit", "waktu harus lebih dari nol"),
        ("1,5 Bulan", "tidak dapat dibagi menjadi menit yang bulat"),
        ("1,5 Minggu", "tidak dapat dibagi"),
        ("0,33 Jam", "tidak dapat dibagi"),
        ("1,5 Menit", "tidak dapat dibagi"),
        ("1 Hari 2 Jam", "hanya Jam dan Menit yang dapat digabung"),
        ("30 Menit 1 Jam", "hanya Jam dan Menit"),
        ("1 Jam 2 Menit 3 Menit", "hanya Jam dan Menit"),
        ("4294967296 Hari", "terlalu besar"),
        ("99999999999999999999 Hari", "terlalu besar"),
        ("71582789 Jam 1 Menit", "terlalu besar"),
        ("0,00000000000000000001 Jam", "terlalu besar"),
    ];
    for (printed, part) in cases {
        let problem = Allowance::parse(printed).unwrap_err().to_string();
        assert!(problem.contains(part), "{printed:?}: {problem}");
    }
    let long = Allowance::parse(&"x".repeat(9000)).unwrap_err().to_string();
    assert!(long.len() < 150, "{long}");
}

#[test]
fn it_is_shown_in_words_and_stored_by_unit() {
    let cases = [
        (Days(10), "10 Hari", r#"{"days":10}"#),
        (Hours(2), "2 Jam", r#"{"hours":2}"#),
        (Minutes(45), "45 Menit", r#"{"minutes":45}"#),
        (Minutes(90), "1 Jam 30 Menit", r#"{"minutes":90}"#),
        (Weeks(1), "1 Minggu", r#"{"weeks":1}"#),
        (Months(1), "1 Bulan", r#"{"months":1}"#),
        (Allowance::None, "-", r#""none""#),
    ];
    for (allowance, words, stored) in cases {
        assert_eq!(allowance.to_string(), words);
        assert_eq!(serde_json::to_string(&allowance).unwrap(), stored);
        assert_eq!(serde_json::from_str::<Allowance>(stored).unwrap(), allowance);
    }
}

#[test]
fn only_working_time_has_a_nominal_length() {
    assert_eq!(Days(2).nominal(450), Some(WorkMinutes(900)));
    assert_eq!(Hours(2).nominal(450), Some(WorkMinutes(120)));
    assert_eq!(Minutes(2).nominal(450), Some(WorkMinutes(2)));
    for calendar in [Weeks(1), Months(1), Allowance::None] {
        assert_eq!(calendar.nominal(450), None);
        assert!(!calendar.is_working_time());
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        rng_algorithm: RngAlgorithm::XorShift,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_is_shown_is_read_back(kind in 0..5, n in 1..u32::MAX) {
        let allowance = [Minutes(n), Hours(n), Days(n), Weeks(n), Months(n)][kind as usize];
        prop_assert_eq!(Allowance::parse(&allowance.to_string()), Ok(allowance));
    }

    #[test]
    fn no_text_upsets_it(text in "[0-9,.() a-zA-Z½–-]{0,24}", any in ".{0,12}") {
        let _ = Allowance::parse(&text);
        let _ = Allowance::parse(&any);
    }
}
