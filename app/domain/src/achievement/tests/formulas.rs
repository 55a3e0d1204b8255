//! Capaian and categories.

use super::measured;
use crate::achievement::Polarity::{HigherIsBetter as Up, LowerIsBetter as Down};
use crate::achievement::{Achievement, Category, Decimal, Polarity, Why};

fn shown(target: &str, realisasi: &str, polarity: Polarity) -> String {
    measured(target, realisasi, polarity).achievement().to_string()
}

#[test]
fn a_percentage_is_what_the_formula_says() {
    let cases = [
        ("100", "103", Up, "103,00%"),
        ("100", "103,74", Up, "103,74%"),
        ("98,5 %", "98.5", Up, "100,00%"),
        ("3 dokumen", "1", Up, "33,33%"),
        ("3 dokumen", "2 Dokumen", Up, "66,67%"),
        ("8", "1,25", Up, "15,63%"),
        ("8", "-1,25", Up, "-15,63%"),
        ("100", "0", Up, "0,00%"),
        ("Rp1,2 miliar", "Rp1.000.000.000,00", Up, "83,33%"),
        ("0,001", "0,002", Up, "200,00%"),
        ("≥ 80", "72,5 (BB)", Up, "90,63%"),
        ("10", "8", Down, "120,00%"),
        ("10", "10", Down, "100,00%"),
        ("10", "0", Down, "200,00%"),
        ("10", "20", Down, "0,00%"),
        ("10", "35", Down, "-150,00%"),
        ("10", "-5", Down, "250,00%"),
        ("5,97", "6,13", Down, "97,32%"),
    ];
    for (target, realisasi, polarity, percent) in cases {
        assert_eq!(shown(target, realisasi, polarity), percent, "{realisasi} of {target}");
    }
}

#[test]
fn without_a_percentage_the_reason_is_told() {
    let tiny = "0,000000000000000001";
    let cases = [
        ("0", "5", "tidak dapat dihitung karena target 0"),
        ("0", "0", "tidak dapat dihitung karena target 0"),
        ("0,00%", "-5", "tidak dapat dihitung karena target 0"),
        ("-1,5", "-3", "tidak dapat dihitung karena target negatif, bandingkan langsung"),
        ("12 bulan", "365 hari", "tidak dapat dihitung karena satuan target dan realisasi berbeda"),
        ("100%", "Rp5.000", "tidak dapat dihitung karena satuan target dan realisasi berbeda"),
        (tiny, "99999999999", "tidak dapat dihitung karena hasilnya terlalu besar"),
        (tiny, "999999999999999999", "tidak dapat dihitung karena hasilnya terlalu besar"),
        ("BB", "A", "dibandingkan langsung karena bukan angka"),
        ("WTP", "WTP", "dibandingkan langsung karena bukan angka"),
        ("BB", "72,5", "dibandingkan langsung karena bukan angka"),
        ("80", "Baik", "dibandingkan langsung karena bukan angka"),
        ("90 - 100", "95", "dibandingkan langsung karena bukan angka"),
        ("100", "", "belum diisi"),
        ("-", "50", "belum diisi"),
        ("BB", "n/a", "belum diisi"),
        ("12,5,3", "5", "isian perlu diperbaiki"),
        ("", "1e5", "isian perlu diperbaiki"),
    ];
    for (target, realisasi, sentence) in cases {
        for polarity in [Up, Down] {
            assert_eq!(shown(target, realisasi, polarity), sentence, "{realisasi} of {target}");
            assert_eq!(measured(target, realisasi, polarity).formula(), None);
        }
    }
    let zero = measured("0", "5", Up).achievement();
    assert_eq!(zero, Achievement::NotComputable { why: Why::ZeroTarget });
    assert_eq!((zero.counted(), zero.category()), (None, None));
}

#[test]
fn a_negative_capaian_is_kept_and_counts_as_nothing() {
    let achievement = measured("10", "35", Down).achievement();
    assert_eq!(achievement, Achievement::Percent(Decimal::from(-150)));
    assert_eq!(achievement.counted(), Some(Decimal::ZERO));
    assert_eq!(achievement.category(), Some(Category::VeryLow));
}

#[test]
fn the_formula_is_told_in_numbers() {
    let told = |target, realisasi, polarity| measured(target, realisasi, polarity).formula().unwrap();
    assert_eq!(told("100", "103", Up), "103 ÷ 100 × 100 = 103,00%");
    assert_eq!(told("Rp1,5 juta", "Rp1.200.000,00", Up), "1.200.000 ÷ 1.500.000 × 100 = 80,00%");
    assert_eq!(told("10", "8", Down), "(2 × 10 − 8) ÷ 10 × 100 = 120,00%");
    assert_eq!(told("10", "-5", Down), "(2 × 10 − (-5)) ÷ 10 × 100 = 250,00%");
}

#[test]
fn categories_reach_up_to_the_next() {
    let cases = [
        ("1000", "Sangat Tinggi"),
        ("91", "Sangat Tinggi"),
        ("90,995", "Sangat Tinggi"),
        ("90,9949", "Tinggi"),
        ("90,99", "Tinggi"),
        ("90,5", "Tinggi"),
        ("76", "Tinggi"),
        ("75,995", "Tinggi"),
        ("75,994", "Sedang"),
        ("75,5", "Sedang"),
        ("66", "Sedang"),
        ("65,99", "Rendah"),
        ("51", "Rendah"),
        ("50,01", "Rendah"),
        ("50,005", "Rendah"),
        ("50,004", "Sangat Rendah"),
        ("50", "Sangat Rendah"),
        ("0", "Sangat Rendah"),
        ("-3", "Sangat Rendah"),
    ];
    for (realisasi, word) in cases {
        let category = measured("100", realisasi, Up).achievement().category().unwrap();
        assert_eq!(category.word(), word, "{realisasi}");
    }
    // The unrounded number is given to the scale, too.
    assert_eq!(Category::of(Decimal::new(90_995, 3).unwrap()), Category::VeryHigh);
}

#[test]
fn the_rule_names_every_category_in_order() {
    let rule = Category::rule();
    let places: Vec<_> = Category::ALL.iter().map(|category| rule.find(category.word()).unwrap()).collect();
    assert!(places.is_sorted(), "{rule}");
}
