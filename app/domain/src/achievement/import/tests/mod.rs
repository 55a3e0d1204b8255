//! Tests of what is understood of a table.

mod columns;
mod habits;
mod headings;
mod left;
mod unseen;

use super::{Cell, Grid, ImportFault, Reason, Understood, Wish, understand};
use crate::achievement::{Field, Row};

/// The year that the run's data is about.
const YEAR: i32 = 2026;

/// A table of lines with cells between bars.
fn grid(text: &str) -> Grid {
    let line = |line: &str| line.split('|').map(|cell| Cell::words(cell.trim())).collect();
    Grid::new("Lembar", text.lines().map(line).collect())
}

fn brought(grid: Grid) -> Understood {
    understand(&[grid], YEAR, &Wish::default()).unwrap()
}

fn found(text: &str) -> Understood {
    brought(grid(text))
}

/// Sasaran, indikator, satuan, target, realisasi and last year's of a row.
fn aloud(row: &Row) -> String {
    [&row.sasaran, &row.indikator, &row.satuan, &row.target, &row.realisasi, &row.last]
        .map(String::as_str)
        .join("|")
}

fn rows(found: &Understood) -> Vec<String> {
    found.rows.iter().map(|taken| aloud(&taken.row)).collect()
}

fn left(found: &Understood) -> Vec<(usize, Reason)> {
    found.left.iter().map(|left| (left.line, left.why)).collect()
}

/// The column that is proposed for a field, and why, if it is shown as a choice.
fn proposal(found: &Understood, field: Field) -> Option<(Option<usize>, &str)> {
    found
        .choices
        .iter()
        .find(|choice| choice.field == field)
        .map(|choice| (choice.chosen, choice.why.as_str()))
}

fn asked(found: &Understood) -> Vec<&str> {
    found.doubts.iter().filter(|doubt| doubt.asks).map(|doubt| doubt.cell.as_str()).collect()
}

#[test]
fn nothing_to_take_is_told() {
    let fault = |text: &str| understand(&[grid(text)], YEAR, &Wish::default()).unwrap_err();
    assert_eq!(fault("halo"), ImportFault::Columns);
    assert_eq!(fault("1|I|%|1|2"), ImportFault::Columns);
    assert_eq!(fault("Sasaran|Indikator|Target|Realisasi"), ImportFault::NoRows);
    assert_eq!(understand(&[], YEAR, &Wish::default()), Err(ImportFault::Columns));
    let many = format!("Sasaran|Indikator|Target|Realisasi\n{}", "S|I|1|2\n".repeat(301));
    assert_eq!(fault(&many), ImportFault::TooManyRows(301));
}
