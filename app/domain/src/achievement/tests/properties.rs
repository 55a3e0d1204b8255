//! Laws of reading, computing and pasting.

use proptest::prelude::*;
use proptest::test_runner::RngAlgorithm;

use crate::achievement::export::{to_csv, to_tsv};
use crate::achievement::paste::PasteFault;
use crate::achievement::{
    Achievement, Decimal, Doubt, Polarity, Reading, Row, Summary, achieve, formula, paste,
};
use crate::csv::neutral;

fn parse(text: &str) -> Result<Vec<Row>, PasteFault> {
    paste::parse(text, 2025)
}

/// Text made of what cells of numbers are made of, so that most rules are met.
fn any_cell() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "0", "1", "5", "12", "234", "567", "000", ".", ",", " ", "\u{a0}", "-", "−", "+", "(", ")", "%",
        "Rp", "≥", "<", "juta", "ribu", "M", "T", "persen", "dokumen", "per ", "/", "e", "E+5", "m²", "½",
        "x", "BB", "rupiah", "\"", "=", "'", "#", "‰", "٣",
    ]);
    prop_oneof![
        3 => prop::collection::vec(pieces, 0..9).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ]
}

fn any_decimal() -> impl Strategy<Value = Decimal> {
    let mantissa = prop_oneof![-2_000..2_000_i64, -999_999_999_999_999_999..=999_999_999_999_999_999_i64];
    (mantissa, 0..=18_u8).prop_filter_map("fits", |(mantissa, scale)| Decimal::new(mantissa, scale))
}

fn any_polarity() -> impl Strategy<Value = Polarity> {
    prop::sample::select(vec![Polarity::HigherIsBetter, Polarity::LowerIsBetter])
}

/// Cells in the form that pasting leaves them in, with all that has to be quoted or guarded.
fn any_row() -> impl Strategy<Value = Row> {
    let text = || "[=+@'\"-]{0,2}[a-z;,\"']([a-z0-9;,\"' .%-]{0,8}[a-z\"])?";
    let cell = || prop_oneof![Just(String::new()), any_text(text())];
    let note = "([a-z;\"]{1,4}(\n{1,2}[a-z;\"=]{1,4})?)?";
    let cells = (any_text(text()), any_text(text()), cell(), cell(), cell(), cell(), note, any_polarity());
    cells.prop_map(|(sasaran, indikator, satuan, target, realisasi, last, note, polarity)| Row {
        sasaran,
        indikator,
        satuan,
        target,
        realisasi,
        polarity,
        last,
        note,
    })
}

/// Text of a pattern, without two spaces side by side.
fn any_text(pattern: &'static str) -> impl Strategy<Value = String> {
    pattern.prop_map(|mut text: String| {
        while text.contains("  ") {
            text = text.replace("  ", " ");
        }
        text
    })
}

proptest! {
    // The usual generator of random numbers takes 40 times as long in a build that is not optimised.
    #![proptest_config(ProptestConfig {
        cases: 2000,
        failure_persistence: None,
        rng_algorithm: RngAlgorithm::XorShift,
        ..ProptestConfig::default()
    })]

    /// What is shown back is what was read: only the two ways that the rule itself leaves open
    /// stay doubtful.
    #[test]
    fn what_is_shown_reads_back_as_the_same(cell in any_cell()) {
        if let Reading::Number(number) = Reading::of(&cell) {
            let shown = number.to_string();
            let again = Reading::of(&shown);
            let again = again.number();
            prop_assert!(again.is_some(), "{:?} is shown as {:?}", cell, shown);
            let again = again.unwrap();
            prop_assert_eq!((again.value, &again.unit, again.bound), (number.value, &number.unit, number.bound));
            prop_assert!(matches!(again.doubt, None | Some(Doubt::DotAsGroup | Doubt::CommaAsDecimal)));
            prop_assert_eq!(again.to_string(), shown);
        }
    }

    #[test]
    fn every_decimal_is_read_as_it_is_written(number in any_decimal()) {
        let reading = Reading::of(&number.to_string());
        prop_assert_eq!(reading.number().map(|n| n.value), Some(number));
        prop_assert_eq!(Reading::of(&number.fixed(2)).number().map(|n| n.value), Some(number.rounded(2)));
    }

    #[test]
    fn the_order_of_decimals_is_that_of_numbers(a in -99_999..99_999_i64, b in -99_999..99_999_i64, s in 0..6_u8, t in 0..6_u8) {
        let wide = |m: i64, scale: u8| m * 10_i64.pow(u32::from(6 - scale));
        let decimal = |m, scale| Decimal::new(m, scale).unwrap();
        prop_assert_eq!(decimal(a, s).cmp(&decimal(b, t)), wide(a, s).cmp(&wide(b, t)));
    }

    /// The percentage against its definition, in hundredths and without a quotient.
    #[test]
    fn a_percentage_is_the_nearest(target in 1..99_999_i64, realisasi in -99_999..99_999_i64, polarity in any_polarity()) {
        let number = |hundredths| Reading::of(&Decimal::new(hundredths, 2).unwrap().to_string());
        let Achievement::Percent(percent) = achieve(&number(target), &number(realisasi), polarity) else {
            return Err(TestCaseError::fail("no percentage"));
        };
        let reached = match polarity {
            Polarity::HigherIsBetter => realisasi,
            Polarity::LowerIsBetter => 2 * target - realisasi,
        };
        let (mantissa, scale) = percent.into();
        let hundredths = mantissa * 10_i64.pow(u32::from(2 - scale));
        let miss = (hundredths * target - reached * 10_000).abs();
        prop_assert!(2 * miss <= target, "{}", percent);
        prop_assert!(2 * miss < target || hundredths.abs() * target > reached.abs() * 10_000, "half goes up");
    }

    #[test]
    fn nothing_panics(target in any_cell(), realisasi in any_cell(), polarity in any_polarity()) {
        let (t, r) = (Reading::of(&target), Reading::of(&realisasi));
        let is_percent = matches!(achieve(&t, &r, polarity), Achievement::Percent(_));
        prop_assert_eq!(formula(&t, &r, polarity).is_some(), is_percent);
        let row = Row { target, realisasi, polarity, ..Row::default() };
        let _ = row.remarks();
        prop_assert!(row.faults().len() >= 2, "sasaran and indikator are not filled in");
        let summary = Summary::of(&[row]);
        let counted = summary.measured + summary.by_hand + summary.not_computable + summary.missing + summary.faulty;
        prop_assert_eq!((counted, summary.measured), (1, u16::from(is_percent)));
        prop_assert_eq!(summary.categories.iter().sum::<u16>(), summary.measured);
    }

    #[test]
    fn anything_may_be_pasted(text in any::<String>(), cells in prop::collection::vec(any_cell(), 0..40), separator in "[\t;,\n\"]") {
        let header = "Sasaran\tIndikator\tTarget\tRealisasi\n";
        for text in [text.clone(), cells.join(&separator), format!("{header}{}", cells.join("\t")), format!("{header}{text}")] {
            if let Ok(rows) = parse(&text) {
                // What was read is in the form that is read back, but for cells without a sasaran.
                prop_assert!(!rows.is_empty());
                if rows.iter().all(|row| !row.sasaran.is_empty() && !row.indikator.is_empty()) {
                    prop_assert_eq!(parse(&to_tsv(&rows)), Ok(rows));
                }
            }
        }
    }

    #[test]
    fn what_is_written_is_read_back(rows in prop::collection::vec(any_row(), 1..6)) {
        prop_assert_eq!(parse(&to_tsv(&rows)), Ok(rows.clone()));
        prop_assert_eq!(parse(&to_csv(&rows)), Ok(rows));
    }

    #[test]
    fn no_cell_stays_a_formula(cell in any_cell()) {
        let safe = neutral(&cell);
        prop_assert!(!safe.starts_with(['=', '+', '@', '\t', '\r', '\n']));
        if let Some(rest) = safe.strip_prefix('-') {
            prop_assert!(rest.chars().all(|c| c.is_ascii_digit() || " .,%".contains(c)));
        }
    }
}
