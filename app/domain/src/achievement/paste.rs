//! Rows from what was copied from a spreadsheet or read from a CSV file.

use std::borrow::Cow;

use super::layout::{self, Layout, Twice};
use super::{Field, MAX_ROWS, Row, delimited, direction, export};
use crate::text::{is_hidden, one_line};

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
    /// More than [`MAX_ROWS`].
    #[error("ada {0} baris, paling banyak 300 baris dalam satu tabel")]
    TooManyRows(usize),
    /// Neither a header nor five columns.
    #[error(
        "kolomnya tidak dikenal, sertakan baris judul atau urutkan kolomnya: sasaran, indikator, satuan, target, realisasi"
    )]
    Columns,
    /// A column stands twice in the header.
    #[error("kolom {0} ada lebih dari satu, sisakan satu saja")]
    Twice(&'static str),
    /// A line of a CSV with commas has more cells than the header: decimals fell apart.
    #[error(
        "baris {0} berisi lebih banyak kolom daripada judulnya, simpan sebagai CSV dengan titik koma atau salin langsung dari lembar kerja"
    )]
    Commas(usize),
    /// A header with nothing below.
    #[error("hanya ada baris judul, belum ada isinya")]
    NoRows,
    /// A cell is far longer than any text of the table may be.
    #[error("baris {0} berisi sel yang terlalu panjang")]
    LongCell(usize),
    /// A direction that is not known.
    #[error("arah \"{word}\" pada baris {line} tidak dikenal, tulis naik atau turun")]
    Polarity {
        /// The line, counted from 1 without empty lines.
        line: usize,
        /// What stands there, cut to 40 characters.
        word: String,
    },
}

/// Reads rows from lines with tabs, semicolons or commas between cells.
///
/// Columns are found by a header in any order; columns that are not wanted are left out. Without
/// a header, which lines with commas must have, they are sasaran, indikator, satuan, target, realisasi and perhaps arah, perhaps
/// after a column of numbers. An empty sasaran is that of the row above, as it is below a merged
/// cell. Cells that [`export::neutral`] has guarded are given back as they were.
///
/// # Errors
/// [`PasteFault`], in a sentence for the user.
pub fn parse(text: &str) -> Result<Vec<Row>, PasteFault> {
    if text.len() > MAX_BYTES {
        return Err(PasteFault::TooLarge);
    }
    if text.chars().all(|c| c.is_whitespace() || is_hidden(c)) {
        return Err(PasteFault::Empty);
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for separator in ['\t', ';', ','] {
        if !text.contains(separator) {
            continue;
        }
        let lines = delimited::split(text, separator);
        let found = layout::header(&lines).map_err(|Twice(field)| PasteFault::Twice(field.word()))?;
        let (layout, above) = match found {
            Some(header) => (header.layout, header.lines),
            // "100,98,5" is no two numbers for sure without a header to count by.
            None if separator == ',' => continue,
            None => match layout::usual(&lines, |word| matches!(direction::polarity(word), Some(Some(_)))) {
                Some(layout) => (layout, 0),
                None => continue,
            },
        };
        if separator == ',' {
            check_commas(&lines, above)?;
        }
        return rows(&lines, &layout, above);
    }
    Err(PasteFault::Columns)
}

/// Commas may separate cells and mark decimals. Only quotes tell them apart, so every line must
/// be no wider than the header.
fn check_commas(lines: &[Vec<Cow<'_, str>>], above: usize) -> Result<(), PasteFault> {
    let width = lines.get(above.saturating_sub(1)).map_or(0, Vec::len);
    match lines.iter().skip(above).position(|line| line.len() > width) {
        Some(at) => Err(PasteFault::Commas(above + at + 1)),
        None => Ok(()),
    }
}

fn rows(lines: &[Vec<Cow<'_, str>>], layout: &Layout, above: usize) -> Result<Vec<Row>, PasteFault> {
    let mut rows: Vec<Row> = Vec::with_capacity(lines.len().min(MAX_ROWS));
    let mut count = 0;
    for (line, number) in lines.iter().zip(1..).skip(above) {
        let mut row = row(line, layout, number)?;
        if row == Row::default() {
            continue;
        }
        if row.sasaran.is_empty()
            && let Some(previous) = rows.last()
        {
            row.sasaran.clone_from(&previous.sasaran);
            if is_title(previous) {
                rows.pop();
                count -= 1;
            }
        }
        count += 1;
        if rows.len() < MAX_ROWS {
            rows.push(row);
        }
    }
    match count {
        0 => Err(PasteFault::NoRows),
        n if n > MAX_ROWS => Err(PasteFault::TooManyRows(n)),
        _ => Ok(rows),
    }
}

/// A line with nothing but a sasaran, which is that of the lines below.
fn is_title(row: &Row) -> bool {
    let title = Row { sasaran: row.sasaran.clone(), ..Row::default() };
    *row == title
}

fn row(line: &[Cow<'_, str>], layout: &Layout, number: usize) -> Result<Row, PasteFault> {
    let mut row = Row::default();
    for (cell, field) in line.iter().zip(layout) {
        if field.is_some() && cell.len() > CELL_BYTES {
            return Err(PasteFault::LongCell(number));
        }
        let cell = export::as_typed(cell);
        let text = || one_line(cell);
        match field {
            Some(Field::Sasaran) => row.sasaran = text(),
            Some(Field::Indikator) => row.indikator = text(),
            Some(Field::Satuan) => row.satuan = text(),
            Some(Field::Target) => row.target = text(),
            Some(Field::Realisasi) => row.realisasi = text(),
            Some(Field::Last) => row.last = text(),
            Some(Field::Note) => row.note = lines_of(cell),
            Some(Field::Polarity) => {
                let word = || cell.trim().chars().take(40).collect();
                let read =
                    direction::polarity(cell).ok_or_else(|| PasteFault::Polarity { line: number, word: word() })?;
                row.polarity = read.unwrap_or_default();
            }
            None => {}
        }
    }
    Ok(row)
}

/// A note keeps its lines, each cleaned as other cells are.
fn lines_of(cell: &str) -> String {
    let cell = cell.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<String> = cell.split('\n').map(one_line).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}
