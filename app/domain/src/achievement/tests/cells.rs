//! How cells are read.

use crate::achievement::{Decimal, Doubt, Number, NumberFault, Reading, Unit};

/// What a cell is read as, and in which way it is not a plain number.
fn told(cell: &str) -> (String, String) {
    let reading = Reading::of(cell);
    let flag = match &reading {
        Reading::Number(number) => number.doubt.map_or_else(String::new, |doubt| format!("{doubt:?}")),
        Reading::Text(_) => "text".to_owned(),
        Reading::Nothing => "nothing".to_owned(),
        Reading::Fault(fault) => return (String::new(), format!("{fault:?}")),
    };
    let shown = if flag == "nothing" { String::new() } else { reading.shown() };
    (shown, flag)
}

/// Typed, shown back, flag. What is shown is Indonesian: "1.234" is a thousand and more.
#[rustfmt::skip]
const CASES: &[(&str, &str, &str)] = &[
    // The rule: dots group thousands, a comma marks decimals.
    ("100",                 "100",                  ""),
    ("0",                   "0",                    ""),
    ("98,5",                "98,5",                 ""),
    ("103,74",              "103,74",               ""),
    ("103,74 %",            "103,74%",              ""),
    ("1.234,5",             "1.234,5",              ""),
    ("1.234,567",           "1.234,567",            ""),
    ("1.234.567,89",        "1.234.567,89",         ""),
    ("1.234.567",           "1.234.567",            ""),
    ("1234567,25",          "1.234.567,25",         ""),
    ("0,123",               "0,123",                ""),
    ("98,50",               "98,5",                 ""),
    ("007",                 "7",                    ""),
    (",5",                  "0,5",                  ""),
    ("5.",                  "5",                    ""),
    ("5,",                  "5",                    ""),
    ("98,4615384615385",    "98,4615384615385",     ""),
    ("999999999999999999",  "999.999.999.999.999.999", ""),
    // Read by the rule, but could have been meant otherwise.
    ("1.234",               "1.234",                "DotAsGroup"),
    ("100.000",             "100.000",              "DotAsGroup"),
    ("1,234",               "1,234",                "CommaAsDecimal"),
    ("1 234",               "1.234",                "SpaceAsGroup"),
    // Against the rule, with one meaning only.
    ("98.5",                "98,5",                 "DotAsDecimal"),
    ("100.00",              "100",                  "DotAsDecimal"),
    ("0.123",               "0,123",                "DotAsDecimal"),
    ("1234.567",            "1.234,567",            "DotAsDecimal"),
    (".5",                  "0,5",                  "DotAsDecimal"),
    ("1,234.5",             "1.234,5",              "English"),
    ("1,234,567",           "1.234.567",            "English"),
    ("1,234,567.89",        "1.234.567,89",         "English"),
    // Spaces that group: plain, non-breaking, narrow, thin.
    ("1 234 567",           "1.234.567",            ""),
    ("1\u{a0}234\u{a0}567", "1.234.567",            ""),
    ("1\u{202f}234,5",      "1.234,5",              ""),
    ("1\u{2009}234.5",      "1.234,5",              "DotAsDecimal"),
    ("  98,5\u{a0}%\u{200e} ", "98,5%",             ""),
    // Marks that fit no rule.
    ("1.23.4",              "",                     "Marks"),
    ("12,5,3",              "",                     "Marks"),
    ("1.234,5.6",           "",                     "Marks"),
    ("1234.567,8",          "",                     "Marks"),
    ("0.123.456",           "",                     "Marks"),
    ("1..5",                "",                     "Marks"),
    ("1,,5",                "",                     "Marks"),
    ("12 34",               "",                     "Spaces"),
    ("1 234 56",            "",                     "Spaces"),
    ("1 234,5.6",           "",                     "Marks"),
    // Below 0.
    ("-5",                  "-5",                   ""),
    ("- 5",                 "-5",                   ""),
    ("−5",                  "-5",                   ""),
    ("–2,5%",               "-2,5%",                ""),
    ("(5)",                 "-5",                   ""),
    ("(2,5%)",              "-2,5%",                ""),
    ("-0",                  "0",                    ""),
    ("+5",                  "5",                    ""),
    ("--5",                 "",                     "Sign"),
    ("-(5)",                "",                     "Sign"),
    // Percent.
    ("10%",                 "10%",                  ""),
    ("10 persen",           "10%",                  ""),
    ("10 Persen.",          "10%",                  ""),
    ("1.000%",              "1.000%",               "DotAsGroup"),
    // Rupiah.
    ("Rp1.000.000,00",      "Rp1.000.000",          ""),
    ("Rp 1.234",            "Rp1.234",              ""),
    ("rp.5.000",            "Rp5.000",              ""),
    ("Rp. 1.500,50",        "Rp1.500,5",            ""),
    ("IDR 5.000",           "Rp5.000",              ""),
    ("Rp1.000.000,-",       "Rp1.000.000",          ""),
    ("1.000.000,- rupiah",  "Rp1.000.000",          ""),
    ("-Rp5.000",            "-Rp5.000",             ""),
    ("Rp(5.000)",           "-Rp5.000",             ""),
    ("Rp 1,2 miliar",       "Rp1.200.000.000",      ""),
    ("Rp1,2 M",             "Rp1.200.000.000",      ""),
    ("Rp 3 T",              "Rp3.000.000.000.000",  ""),
    ("Rp500 jt",            "Rp500.000.000",        ""),
    ("Rp1.234 juta",        "Rp1.234.000.000",      "DotAsGroup"),
    ("5.000 rupiah/orang",  "5.000 rupiah/orang",   "DotAsGroup"),
    ("Rp5.000 per orang",   "Rp5.000",              ""),
    ("Rp5 lembar",          "",                     "AfterRupiah(\"lembar\")"),
    ("Rp5%",                "",                     "AfterRupiah(\"%\")"),
    // Factors.
    ("15 ribu",             "15.000",               ""),
    ("1,2 juta orang",      "1.200.000 orang",      ""),
    ("2,5 triliun",         "2.500.000.000.000",    ""),
    ("5 ribu juta",         "",                     "Multiplier"),
    ("5 M",                 "5 M",                  ""),
    // What is counted.
    ("3 dokumen",           "3 dokumen",            ""),
    ("3dokumen",            "3 dokumen",            ""),
    ("3 (tiga) dokumen",    "3 dokumen",            ""),
    ("72,5 (BB)",           "72,5",                 ""),
    ("100% (10 dari 10)",   "100%",                 ""),
    ("100 m²",              "100 m²",               ""),
    ("100 km2",             "100 km2",              ""),
    ("102 per 100.000 KH",  "102 per 100.000 KH",   ""),
    ("5 (lima",             "",                     "Parentheses"),
    // Limits.
    ("≥ 90",                "≥ 90",                 ""),
    (">= 90%",              "≥ 90%",                ""),
    ("> 90",                "> 90",                 ""),
    ("<5",                  "< 5",                  ""),
    ("≤1.234",              "≤ 1.234",              "DotAsGroup"),
    ("Minimal 90",          "≥ 90",                 ""),
    ("± 5 hari",            "± 5 hari",             ""),
    // Words, and more than one number.
    ("BB",                  "BB",                   "text"),
    ("WTP",                 "WTP",                  "text"),
    ("A-",                  "A-",                   "text"),
    ("Sangat  Baik ",       "Sangat Baik",          "text"),
    ("BB (72,5)",           "BB (72,5)",            "text"),
    ("(BB)",                "(BB)",                 "text"),
    ("RPJMD",               "RPJMD",                "text"),
    ("minimal BB",          "minimal BB",           "text"),
    ("12/2025",             "12/2025",              "text"),
    ("31 Desember 2025",    "31 Desember 2025",     "text"),
    ("2025-12-31",          "2025-12-31",           "text"),
    ("90 - 100",            "90 - 100",             "text"),
    ("90–100",              "90–100",               "text"),
    ("3 dari 5",            "3 dari 5",             "text"),
    ("1 tahun 6 bulan",     "1 tahun 6 bulan",      "text"),
    ("1 juta 500 ribu",     "1 juta 500 ribu",      "text"),
    ("(5 dokumen)",         "(5 dokumen)",          "text"),
    // Nothing.
    ("",                    "",                     "nothing"),
    (" \u{a0}\t",           "",                     "nothing"),
    ("-",                   "",                     "nothing"),
    ("—",                   "",                     "nothing"),
    ("...",                 "",                     "nothing"),
    ("n/a",                 "",                     "nothing"),
    ("N/A",                 "",                     "nothing"),
    ("Tidak ada",           "",                     "nothing"),
    ("nihil",               "",                     "nothing"),
    ("Rp -",                "",                     "nothing"),
    ("- %",                 "",                     "nothing"),
    // Not to be read.
    ("½",                   "",                     "Numerals"),
    ("2½",                  "",                     "Numerals"),
    ("٣٤",                  "",                     "Numerals"),
    ("１２",                "",                     "Numerals"),
    ("5²",                  "",                     "Numerals"),
    ("1e5",                 "",                     "Scientific"),
    ("1,5E+11",             "",                     "Scientific"),
    ("1234567890123456789", "",                     "LongNumber"),
    ("999999999 triliun",   "",                     "LongNumber"),
    ("0,0000000000000000001", "",                   "LongNumber"),
    ("#DIV/0!",             "",                     "SpreadsheetError"),
    ("Err:502",             "",                     "SpreadsheetError"),
    ("=A1*2",               "",                     "Formula"),
    ("?",                   "",                     "Unreadable"),
    ("5 -",                 "",                     "Unreadable"),
    ("(5",                  "",                     "Unreadable"),
    ("5\u{7}",              "",                     "Unreadable"),
];

#[test]
fn cells_are_read_as_the_table_says() {
    for (typed, shown, flag) in CASES {
        assert_eq!(told(typed), ((*shown).to_owned(), (*flag).to_owned()), "{typed:?}");
    }
}

#[test]
fn a_comma_is_never_a_thousand_by_itself() {
    let value = |cell: &str| Reading::of(cell).number().map(|number| number.value);
    assert_eq!(value("103,74"), Decimal::new(10374, 2));
    assert_eq!(value("1.234,5"), Decimal::new(12345, 1));
    assert_eq!(value("1.234"), Decimal::new(1234, 0));
    assert_eq!(value("1,234"), Decimal::new(1234, 3));
    assert_eq!(value("Rp 1,2 miliar"), Decimal::new(1_200_000_000, 0));
}

#[test]
fn a_cell_may_have_200_characters() {
    let cell = |n: usize| "ä".repeat(n);
    assert_eq!(Reading::of(&cell(200)), Reading::Text(cell(200)));
    assert_eq!(Reading::of(&cell(201)), Reading::Fault(NumberFault::LongCell));
}

#[test]
fn doubts_and_limits_are_told_in_words() {
    let remark = |cell: &str| Reading::of(cell).number().and_then(Number::remark);
    assert_eq!(
        remark("1.234 orang").unwrap(),
        "dibaca 1.234 orang: titik dianggap pemisah ribuan, untuk desimal pakai koma"
    );
    assert_eq!(remark(">90").unwrap(), "dibaca > 90: tanda > tidak ikut dihitung");
    assert_eq!(
        remark("≤ 98.5").unwrap(),
        "dibaca ≤ 98,5: titik dianggap tanda desimal, sebaiknya pakai koma; tanda ≤ tidak ikut dihitung"
    );
    assert_eq!(remark("98,5"), None);
    let doubts =
        [Doubt::DotAsGroup, Doubt::CommaAsDecimal, Doubt::DotAsDecimal, Doubt::English, Doubt::SpaceAsGroup];
    let sentences: std::collections::BTreeSet<_> = doubts.map(Doubt::sentence).into();
    assert_eq!(sentences.len(), doubts.len());
}

#[test]
fn units_differ_only_if_both_are_said() {
    let words = |text: &str| Unit::Words(text.to_owned());
    assert!(!Unit::None.differs(&Unit::Percent));
    assert!(!words("hari").differs(&Unit::None));
    assert!(!words("Dokumen").differs(&words("dokumen")));
    assert!(words("hari").differs(&words("bulan")));
    assert!(Unit::Rupiah.differs(&Unit::Percent));
}

#[test]
fn a_fault_says_what_to_do() {
    assert_eq!(
        Reading::of("12,5,3").shown(),
        "letak titik dan koma tidak jelas, tulis ribuan dengan titik dan desimal dengan koma, misalnya 1.234,5"
    );
    assert_eq!(
        Reading::of("Rp5 lembar").shown(),
        "\"lembar\" setelah angka rupiah tidak dikenal, tulis misalnya Rp1,2 miliar"
    );
    assert_eq!(Reading::of("").shown(), "belum diisi");
}
