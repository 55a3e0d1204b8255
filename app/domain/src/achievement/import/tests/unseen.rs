//! What the sender does not see is said.

use super::super::{Cell, Held, Kind, Merge, Unused, Wish, understand};
use super::{YEAR, asked, brought, grid, left, rows};
use crate::achievement::import::Reason;

const TABLE: &str = "Sasaran|Indikator|Satuan|Target|Realisasi\nS|I|%|80|81\nT|J|%|5|6";

/// The table with a cell of some kind as the first realisasi.
fn with(cell: Cell) -> super::Understood {
    let mut grid = grid(TABLE);
    grid.rows[1][4] = cell;
    brought(grid)
}

#[test]
fn hidden_rows_and_columns() {
    let mut hidden = grid(TABLE);
    hidden.hidden_rows.insert(2);
    hidden.hidden_columns.insert(2);
    let found = brought(hidden);
    assert_eq!(rows(&found), ["S|I||80|81|"]);
    assert_eq!(left(&found), [(3, Reason::Hidden)]);
    assert_eq!(found.columns[2].held, Held::Left(Unused::Hidden));
    assert!(found.said.iter().any(|said| said == "Kolom C (Satuan) disembunyikan di berkas, tidak diambil."));
    // A hidden heading is none.
    let mut hidden = grid(TABLE);
    hidden.hidden_rows.insert(0);
    assert!(brought(hidden).heading.is_empty());
}

#[test]
fn formulas_without_a_value() {
    let found = with(Cell::of(Kind::Unsaved, ""));
    assert_eq!((rows(&found)[0].as_str(), asked(&found)), ("S|I|%|80||", vec!["E2"]));
    assert!(found.doubts[0].sentence.contains("rumus tanpa hasil"));
    let mut grid = grid(TABLE);
    grid.rows[2][3] = Cell::of(Kind::Unsaved, "");
    let wish = Wish { mended: vec![("D3".to_owned(), "7".to_owned())], ..Wish::default() };
    let found = understand(&[grid], YEAR, &wish).unwrap();
    assert_eq!((rows(&found)[1].as_str(), found.asks()), ("T|J|%|7|6|", false));
}

#[test]
fn dates_that_were_numbers() {
    let found = with(Cell::of(Kind::Date, "03/04/2026"));
    assert_eq!(asked(&found), ["E2"]);
    assert!(found.doubts[0].sentence.contains("3/4"), "{:?}", found.doubts);
    // Where days are counted on, a date is a date.
    let mut dated = grid("Sasaran|Indikator|Satuan|Target|Realisasi\nS|I|Tanggal|x|y");
    dated.rows[1][3] = Cell::of(Kind::Date, "31/12/2026");
    dated.rows[1][4] = Cell::of(Kind::Date, "28/12/2026");
    let found = brought(dated);
    assert_eq!((rows(&found)[0].as_str(), asked(&found)), ("S|I|Tanggal|31/12/2026|28/12/2026|", vec![]));
}

#[test]
fn errors() {
    for error in ["#DIV/0!", "#REF!", "#N/A", "#VALUE!"] {
        let found = with(Cell::of(Kind::Error, error));
        assert_eq!(asked(&found), ["E2"], "{error}");
        assert!(found.doubts[0].sentence.contains(error), "{:?}", found.doubts);
        assert_eq!(found.rows[0].row.realisasi, error, "nothing is lost in silence");
    }
    // As text, from a CSV file.
    assert_eq!(asked(&with(Cell::words("#DIV/0!"))), ["E2"]);
}

#[test]
fn a_number_of_a_workbook_has_one_reading() {
    for (stored, kept) in
        [("1,234", "1,2340"), ("1,234%", "1,2340%"), ("1234", "1234"), ("12,5", "12,5"), ("0,125", "0,125")]
    {
        let found = with(Cell::of(Kind::Number, stored));
        let reading = crate::achievement::Reading::of(&found.rows[0].row.realisasi);
        assert_eq!(found.rows[0].row.realisasi, kept);
        assert_eq!(reading.number().unwrap().doubt, None, "{stored}");
    }
    // As text it has two, and is said.
    let found = with(Cell::words("1.234"));
    assert!(found.doubts.iter().any(|doubt| doubt.cell == "E2" && doubt.sentence.contains("dibaca 1.234")));
}

#[test]
fn what_is_shown_rounded_is_said() {
    let cell = Cell { exact: Some("80,6".to_owned()), ..Cell::of(Kind::Number, "81") };
    let found = with(cell);
    assert_eq!(found.doubts[0].sentence, "di berkas tampil 81, nilai selnya 80,6");
    assert!(!found.asks());
}

#[test]
fn numbers_that_are_merged_are_asked_about() {
    let table = "Sasaran|Indikator|Satuan|Target|Realisasi\nS|I|%|80|81\n|J|%||6";
    let found = brought(grid(table).merged(&[Merge { top: 1, left: 3, bottom: 2, right: 3 }]));
    assert_eq!(rows(&found)[1], "S|J|%|80|6|");
    assert_eq!(asked(&found), ["D3"]);
}

#[test]
fn words_beside_a_satuan_are_not_filled_down() {
    let found = brought(grid("Sasaran|Indikator|Satuan|Target|Realisasi\nS|I|%|80|81\n|J||5|6"));
    assert_eq!(rows(&found)[1], "S|J||5|6|");
}
