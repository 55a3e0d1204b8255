//! Rows from what was copied from a spreadsheet.

use super::import::{Grid, ImportFault, Reason, Understood, Wish, understand};
use super::{Row, delimited};
use crate::text::is_hidden;

/// Most bytes that are read.
pub const MAX_BYTES: usize = 512 * 1024;

/// Most bytes of a cell; longer ones cannot be kept, and a sasaran is copied to the rows below.
const CELL_BYTES: usize = 4 * 1024;

/// Why pasted text could not be read, in a sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PasteFault {
    /// There is nothing.
    #[error("belum ada yang ditempel, salin barisnya dari lembar kerja lalu tempel di sini")]
    Empty,
    /// More than [`MAX_BYTES`].
    #[error("tempelan terlalu besar, salin hanya tabel capaian")]
    TooLarge,
    /// A cell is far longer than any text of the table may be.
    #[error("baris {0} berisi sel yang terlalu panjang")]
    LongCell(usize),
    /// There is nothing to take.
    #[error(transparent)]
    Table(#[from] ImportFault),
    /// There is a question that has to be answered first.
    #[error("{0}")]
    Asks(String),
}

/// Reads rows from lines with tabs, semicolons or commas between cells, for the run of a data
/// year. They are understood as a brought file is ([`understand`]); what would have to be answered
/// first is a fault. Cells that [`crate::csv::neutral`] has guarded are given back as they were.
///
/// # Errors
/// [`PasteFault`], in a sentence for the user.
pub fn parse(text: &str, year: i32) -> Result<Vec<Row>, PasteFault> {
    let mut fault = ImportFault::Columns;
    for grid in grids(text)? {
        match understand(&[grid], year, &Wish::default()) {
            Ok(found) => return settled(found),
            Err(ImportFault::Columns) => {}
            Err(other) if fault == ImportFault::Columns => fault = other,
            Err(_) => {}
        }
    }
    Err(fault.into())
}

/// The ways to cut a text into cells, the likeliest first.
///
/// # Errors
/// [`PasteFault`], if it is empty or too large.
pub fn grids(text: &str) -> Result<Vec<Grid>, PasteFault> {
    if text.len() > MAX_BYTES {
        return Err(PasteFault::TooLarge);
    }
    if text.chars().all(|c| c.is_whitespace() || is_hidden(c)) {
        return Err(PasteFault::Empty);
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut grids = Vec::new();
    for separator in ['\t', ';', ','].into_iter().filter(|separator| text.contains(*separator)) {
        let lines = delimited::split(text, separator);
        if let Some(at) = lines.iter().position(|line| line.iter().any(|cell| cell.len() > CELL_BYTES)) {
            return Err(PasteFault::LongCell(at + 1));
        }
        let mut grid = Grid::of_words(&lines);
        grid.commas = separator == ',';
        grids.push(grid);
    }
    Ok(grids)
}

/// The rows, unless something has to be answered that the table itself would not show.
fn settled(found: Understood) -> Result<Vec<Row>, PasteFault> {
    if let Some(choice) = found.choices.iter().find(|choice| choice.must) {
        let (field, why) = (choice.field.word(), &choice.why);
        return Err(PasteFault::Asks(format!("kolom {field} belum jelas: {why}")));
    }
    if let Some(left) = found.left.iter().find(|left| left.why == Reason::Commas) {
        return Err(PasteFault::Asks(format!("baris {}: {}", left.line, left.why)));
    }
    let is_shown = |row: usize, field| {
        let row = found.rows.get(row);
        row.is_some_and(|taken| taken.row.faults().iter().any(|fault| fault.field == field))
    };
    match found.doubts.iter().find(|doubt| doubt.asks && !is_shown(doubt.row, doubt.field)) {
        Some(doubt) => Err(PasteFault::Asks(format!("sel {}: {}", doubt.cell, doubt.sentence))),
        None => Ok(found.into_rows()),
    }
}
