//! What is written for spreadsheets.

use super::{measured, row};
use crate::achievement::Polarity::LowerIsBetter as Down;
use crate::achievement::Row;
use crate::achievement::export::{to_csv, to_tsv};
use crate::achievement::paste;
use crate::achievement::paste::PasteFault;
use crate::csv::neutral;

fn parse(text: &str) -> Result<Vec<Row>, PasteFault> {
    paste::parse(text, 2025)
}

#[test]
fn a_file_is_what_indonesian_excel_opens() {
    let mut first = measured("5,97", "-6,13", Down);
    first.note = "satu;\ndua \"tiga\"".to_owned();
    let text = to_csv(&[first.clone()]);
    assert_eq!(
        text,
        "\u{feff}Sasaran;Indikator;Satuan;Target;Realisasi;Arah;Capaian tahun lalu;Catatan\r\n\
         Sasaran;Indikator;;5,97;-6,13;turun;;\"satu;\ndua \"\"tiga\"\"\"\r\n"
    );
    assert_eq!(parse(&text).unwrap(), [first]);
}

#[test]
fn formulas_are_neutralised_and_come_back() {
    let rows = [row("=HYPERLINK(\"x\")", "@SUM(A1)", "+1", "-1+2", "-5")];
    let text = to_tsv(&rows);
    assert!(text.contains("\"'=HYPERLINK(\"\"x\"\")\"\t'@SUM(A1)\t'+1\t'-1+2\t-5\tnaik"), "{text}");
    assert_eq!(parse(&text).unwrap(), rows);
}

#[test]
fn numbers_and_words_are_left_alone() {
    for cell in ["", "-", "-5", "- 5", "-1.234,5", "-2,5 %", "5", "BB", "'kutip'", "a=b", "A-", "Rp-5"] {
        assert_eq!(neutral(cell), cell);
    }
    let dangerous =
        ["=1", "+5", "@a", "-a", "-1-2", "-5=", "\t=1", "\r1", "\n=1", " =1", "＝1", "'=1", "''-a", "--x"];
    for cell in dangerous {
        assert_eq!(neutral(cell), format!("'{cell}"));
    }
}
