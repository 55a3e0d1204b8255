//! Rows to a spreadsheet: as a file or through the clipboard.

use super::{Field, Row};
use crate::csv::{Csv, Style};

/// Writes rows as CSV for a spreadsheet in Indonesian.
pub fn to_csv(rows: &[Row]) -> String {
    write(Style::FILE, rows)
}

/// Writes rows with tabs, for the clipboard.
pub fn to_tsv(rows: &[Row]) -> String {
    write(Style::CLIPBOARD, rows)
}

fn write(style: Style, rows: &[Row]) -> String {
    let mut csv = Csv::of(style, &Field::ALL.map(Field::word));
    for row in rows {
        csv.line(Field::ALL.map(|field| row.text(field)));
    }
    csv.into_text()
}
