//! Tables that people send: the sheets of a workbook (.xlsx), or CSV.
//!
//! The sender is not trusted. Every entry of a workbook is counted while it is inflated,
//! whatever its header says; the XML is read as a stream; the table grows only with filled
//! cells. This is why no general reader is used: those inflate and allocate first.

mod cells;
mod dress;
mod elements;
mod grid;
mod inflate;
mod limits;
mod number;
mod problem;
mod strings;
mod styles;
#[cfg(test)]
mod tests;
mod text;
mod workbook;
mod xml;

use domain::achievement::import::{Cell, Grid};

pub use limits::Limits;
pub use problem::SheetProblem;

/// How the old office files begin (OLE2); encrypted new ones are wrapped in it too.
const OLE2: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// How other files begin that people send by mistake.
const OTHERS: [&[u8]; 5] = [b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"{\\rtf"];

/// Most sheets of a workbook that are looked at.
const SHEETS: usize = 30;

/// Reads the first sheet that is shown and filled, or CSV, as texts.
///
/// All rows are equally wide, without blanks around the texts. Row `n` of a sheet is at `n - 1`,
/// empty rows included; in CSV blank lines are left out. Numbers look as typed in Indonesia
/// (`98,5`, `98,5%`), dates like `31/12/2025`; formulas give the value they were saved with.
///
/// # Errors
/// [`SheetProblem`], in a sentence for the sender.
pub fn read_table(bytes: &[u8], limits: &Limits) -> Result<Vec<Vec<String>>, SheetProblem> {
    let (grid, is_book) = first(bytes, limits)?;
    let width = grid.rows.iter().map(|row| filled(row)).max().unwrap_or_default();
    let rows = grid.rows.into_iter().filter(|row| is_book || filled(row) > 0);
    let texts = |row: Vec<Cell>| {
        let texts = row.into_iter().map(|cell| cell.text).chain(std::iter::repeat(String::new()));
        texts.take(width).collect::<Vec<_>>()
    };
    let table: Vec<Vec<String>> = rows.map(texts).collect();
    let rows = table.iter().filter(|row| row.iter().any(|text| !text.is_empty())).count();
    match rows.checked_sub(1) {
        None => Err(SheetProblem::NoRows),
        Some(rows) if rows > limits.data_rows => {
            Err(SheetProblem::TooManyDataRows { limit: limits.data_rows })
        }
        Some(_) => Ok(table),
    }
}

/// How wide a row is up to its last text.
fn filled(row: &[Cell]) -> usize {
    row.iter().rposition(|cell| !cell.text.is_empty()).map_or(0, |last| last + 1)
}

fn first(bytes: &[u8], limits: &Limits) -> Result<(Grid, bool), SheetProblem> {
    let is_book = is_book(bytes, limits)?;
    let mut grids = grids(bytes, limits, is_book, 1)?;
    grids.pop().map(|grid| (grid, is_book)).ok_or(SheetProblem::NoRows)
}

/// Reads the sheets that are shown and filled, or CSV as one, with all that tells what their
/// cells mean: kinds of cells, what is merged, what is not shown.
///
/// # Errors
/// [`SheetProblem`], in a sentence for the sender.
pub fn read_sheets(bytes: &[u8], limits: &Limits) -> Result<Vec<Grid>, SheetProblem> {
    let is_book = is_book(bytes, limits)?;
    grids(bytes, limits, is_book, SHEETS)
}

fn grids(bytes: &[u8], limits: &Limits, is_book: bool, most: usize) -> Result<Vec<Grid>, SheetProblem> {
    if is_book { workbook::read(bytes, limits, most) } else { Ok(vec![text::read(bytes, limits)?]) }
}

/// Whether these are the bytes of a workbook, and not of a text.
fn is_book(bytes: &[u8], limits: &Limits) -> Result<bool, SheetProblem> {
    if bytes.is_empty() {
        return Err(SheetProblem::Empty);
    }
    if bytes.len() > limits.bytes {
        return Err(SheetProblem::TooLarge { mebibytes: limits.bytes / (1024 * 1024) });
    }
    if bytes.starts_with(OLE2) {
        return Err(SheetProblem::OldOrLocked);
    }
    if OTHERS.iter().any(|beginning| bytes.starts_with(beginning)) {
        return Err(SheetProblem::NotATable);
    }
    Ok(bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06"))
}
