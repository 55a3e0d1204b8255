//! The cells of a sheet, as a stream.

use std::io::BufRead;

use domain::achievement::import::{Cell, Kind, Merge};

use super::SheetProblem;
use super::elements::Elements;
use super::grid::Filling;
use super::number;
use super::strings::{Runs, plain};
use super::styles::Formats;
use super::xml::{Item, Tag, walk};

/// What the cells of every sheet point to.
pub(super) struct Book {
    pub(super) formats: Formats,
    pub(super) texts: Vec<String>,
    /// Whether days are counted from 1904, as old Macintoshes did.
    pub(super) since_1904: bool,
}

/// The cell that is being read.
#[derive(Default)]
struct Current {
    row: usize,
    column: usize,
    style: usize,
    kind: String,
    value: String,
    in_value: bool,
    formula: bool,
    runs: Runs,
}

/// Most columns of a workbook.
const COLUMNS: usize = 16_384;

/// Reads a sheet into a grid. The size that the sheet claims (`dimension`) is not looked at.
pub(super) fn read<R: BufRead>(
    part: R,
    book: &Book,
    elements: &mut Elements,
    grid: &mut Filling<'_>,
) -> Result<(), SheetProblem> {
    // Rows and cells may leave out where they are: then they follow the one before.
    let (mut next_row, mut next_column) = (0_usize, 0_usize);
    let mut cell: Option<Current> = None;
    walk(part, |item| {
        if let Some(current) = &mut cell {
            current.runs.visit(&item);
        }
        match (item, &mut cell) {
            (Item::Open(b"row", tag), _) => {
                elements.take()?;
                let stated = tag.attribute("r").and_then(|row| row.parse::<usize>().ok()?.checked_sub(1));
                next_row = stated.unwrap_or(next_row);
                next_column = 0;
                if is_hidden(&tag, "ht") {
                    grid.hidden_rows.insert(next_row);
                }
            }
            (Item::Open(b"col", tag), _) => {
                elements.take()?;
                if is_hidden(&tag, "width") {
                    let end =
                        |name: &str| tag.attribute(name).and_then(|at| at.parse::<usize>().ok()).unwrap_or(1);
                    let (first, last) = (end("min").max(1) - 1, end("max").min(COLUMNS));
                    grid.hidden_columns.extend(first..last);
                }
            }
            (Item::Open(b"mergeCell", tag), _) => {
                elements.take()?;
                grid.merges.extend(tag.attribute("ref").and_then(|area| merge(&area)));
            }
            (Item::Close(b"row"), _) => next_row = next_row.saturating_add(1),
            (Item::Open(b"c", tag), _) => {
                elements.take()?;
                let current = begin(&tag, next_row, next_column);
                next_column = current.column.saturating_add(1);
                cell = Some(current);
            }
            (Item::Open(b"f", _), Some(current)) => current.formula = true,
            (Item::Open(b"v", _), Some(current)) => current.in_value = true,
            (Item::Close(b"v"), Some(current)) => current.in_value = false,
            (Item::Text(text), Some(current)) if current.in_value => current.value.push_str(text),
            (Item::Close(b"c"), current) => {
                if let Some(mut current) = current.take() {
                    let (row, column) = (current.row, current.column);
                    grid.put(row, column, shown(&mut current, book)?)?;
                }
            }
            _ => {}
        }
        Ok(())
    })
}

fn begin(tag: &Tag<'_>, row: usize, column: usize) -> Current {
    let (row, column) = tag.attribute("r").and_then(|address| place(&address)).unwrap_or((row, column));
    Current {
        row,
        column,
        style: tag.attribute("s").and_then(|style| style.parse().ok()).unwrap_or_default(),
        kind: tag.attribute("t").unwrap_or_default(),
        ..Current::default()
    }
}

/// Row and column of an address such as `B3`, counted from 0.
fn place(address: &str) -> Option<(usize, usize)> {
    let digits = address.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = address.split_at(digits);
    if letters.is_empty() || letters.len() > 3 || !letters.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let letter = |byte: u8| usize::from(byte.to_ascii_uppercase() - b'A') + 1;
    let column = letters.bytes().fold(0, |column, byte| column * 26 + letter(byte));
    Some((digits.parse::<usize>().ok()?.checked_sub(1)?, column - 1))
}

/// Whether a row or a column is not shown, or has no size.
fn is_hidden(tag: &Tag<'_>, size: &str) -> bool {
    let none = tag.attribute(size).and_then(|size| size.parse::<f64>().ok()).is_some_and(|size| size <= 0.0);
    none || matches!(tag.attribute("hidden").as_deref(), Some("1" | "true" | "on"))
}

/// The area of a reference such as `E2:G2`.
fn merge(area: &str) -> Option<Merge> {
    let (first, last) = area.split_once(':')?;
    let ((top, left), (bottom, right)) = (place(first)?, place(last)?);
    Some(Merge { top, left, bottom, right })
}

/// What the cell shows.
fn shown(cell: &mut Current, book: &Book) -> Result<Cell, SheetProblem> {
    Ok(match cell.kind.as_str() {
        "s" if cell.value.is_empty() => Cell::default(),
        "s" => {
            let index = cell.value.trim().parse::<usize>().map_err(|_| SheetProblem::Damaged)?;
            Cell::words(book.texts.get(index).ok_or(SheetProblem::Damaged)?.as_str())
        }
        "inlineStr" => Cell::words(cell.runs.take()),
        "str" => Cell::words(plain(&cell.value)),
        "e" => Cell::of(Kind::Error, plain(&cell.value)),
        "b" => Cell::words(if cell.value.trim() == "1" { "TRUE" } else { "FALSE" }),
        "d" => Cell::of(Kind::Date, number::iso(&cell.value)),
        _ if cell.value.is_empty() && cell.formula => Cell::of(Kind::Unsaved, ""),
        _ if cell.value.is_empty() => Cell::default(),
        _ => number::cell(&cell.value, book.formats.format(cell.style), book.since_1904),
    })
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn addresses() {
        for (address, found) in [
            ("A1", Some((0, 0))),
            ("b3", Some((2, 1))),
            ("AA10", Some((9, 26))),
            ("XFD1048576", Some((1_048_575, 16_383))),
            ("A0", None),
            ("1", None),
            ("ABCD1", None),
            ("Ä1", None),
            ("A99999999999999999999999", None),
        ] {
            assert_eq!(place(address), found, "{address}");
        }
    }
}
