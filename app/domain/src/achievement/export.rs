//! Rows to a spreadsheet: as a file or through the clipboard.

use std::borrow::Cow;

use super::{Field, Row};

/// Writes rows as CSV for a spreadsheet in Indonesian: semicolons, because commas mark decimals,
/// and a byte order mark, without which Excel takes the text for another encoding.
pub fn to_csv(rows: &[Row]) -> String {
    let mut text = String::from("\u{feff}");
    write(&mut text, rows, ';', "\r\n");
    text
}

/// Writes rows with tabs, for the clipboard.
pub fn to_tsv(rows: &[Row]) -> String {
    let mut text = String::new();
    write(&mut text, rows, '\t', "\n");
    text
}

fn write(text: &mut String, rows: &[Row], separator: char, end: &str) {
    line(text, Field::ALL.map(Field::word), separator, end);
    for row in rows {
        line(text, Field::ALL.map(|field| row.text(field)), separator, end);
    }
}

fn line(text: &mut String, cells: [&str; Field::ALL.len()], separator: char, end: &str) {
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            text.push(separator);
        }
        let cell = neutral(cell);
        if cell.contains([separator, '"', '\r', '\n']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&cell);
        }
    }
    text.push_str(end);
}

/// A cell that no spreadsheet takes for a formula: with an apostrophe in front if it begins with
/// `=`, `+`, `-`, `@`, a tab or a line's end (OWASP, CSV injection). Negative numbers and a lone
/// "-" stay as they are, for they are what tables are made of.
///
/// A cell that is typed with an apostrophe before such a sign gets a second one, so that
/// [`super::paste::parse`] can give back every cell as it was.
pub fn neutral(cell: &str) -> Cow<'_, str> {
    if is_dangerous(cell) { format!("'{cell}").into() } else { cell.into() }
}

/// The cell that [`neutral`] was given.
pub(super) fn as_typed(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|_| is_dangerous(cell)).unwrap_or(cell)
}

/// An apostrophe in front changes nothing about it: [`neutral`] and [`as_typed`] rest on that.
fn is_dangerous(cell: &str) -> bool {
    let core = cell.trim_start_matches(['\'', ' ']);
    match core.chars().next() {
        // The wide forms are taken for the narrow ones by spreadsheets in East Asian settings.
        Some('=' | '+' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠') => true,
        Some('-') => !core.chars().skip(1).all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | ' ')),
        _ => false,
    }
}
