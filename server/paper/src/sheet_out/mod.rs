//! Tables as a workbook (.xlsx).

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use domain::text::is_hidden;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

/// One sheet: a heading row, then rows.
#[derive(Clone, Debug, Default)]
pub struct SheetOut {
    /// What the tab says; made valid and unique.
    pub name: String,
    /// Headings with the width of their columns, in characters.
    pub columns: Vec<(String, f64)>,
    /// The rows below; a short row leaves the rest empty.
    pub rows: Vec<Vec<CellOut>>,
}

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub enum CellOut {
    /// Text, and only ever text: `=1+1` is not computed.
    Text(String),
    /// A number; what is not finite is refused.
    Number(f64),
    /// A number with a decimal point, such as `98.50`. What is no such number, or has more
    /// digits than Excel keeps (15), is written as text.
    Decimal(String),
    /// Nothing.
    Empty,
}

/// Why a workbook is not written.
#[derive(Debug, thiserror::Error)]
pub enum SheetOutProblem {
    /// A cell is infinite or no number.
    #[error("Lembar “{sheet}” memuat bilangan yang tidak terhingga pada baris {row}.")]
    NotFinite {
        /// Name of the sheet.
        sheet: String,
        /// Row, as Excel counts.
        row: usize,
    },
    /// More than a sheet takes (1,048,576 rows, 16,384 columns).
    #[error("Tabel terlalu besar untuk Excel.")]
    TooLarge,
    /// The library failed.
    #[error("Buku kerja Excel tidak dapat disusun: {0}")]
    Failed(XlsxError),
}

impl From<XlsxError> for SheetOutProblem {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::RowColumnLimitError => Self::TooLarge,
            other => Self::Failed(other),
        }
    }
}

/// What a sheet without a name is called.
const NAMELESS: &str = "Lembar";
/// Longest name of a sheet, in UTF-16 units as Excel counts.
const LONGEST_NAME: usize = 31;
/// Longest text in a cell, in UTF-16 units as Excel counts.
const LONGEST_TEXT: usize = 32_767;
/// Ends a text that was cut.
const CUT: &str = "… (dipotong)";
/// Digits that Excel keeps.
const DIGITS: usize = 15;

/// Writes a workbook: bold headings that stay in sight, filters, texts as texts. Without any
/// sheet it has one empty sheet, since Excel opens none without.
///
/// # Errors
/// [`SheetOutProblem`].
pub fn workbook(
    title: &str,
    created: DateTime<Utc>,
    sheets: &[SheetOut],
) -> Result<Vec<u8>, SheetOutProblem> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_timestamp(created.timestamp())?;
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&created));
    let mut taken = HashSet::new();
    for sheet in sheets {
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(sheet_name(&sheet.name, &mut taken))?;
        fill(worksheet, sheet)?;
    }
    if sheets.is_empty() {
        workbook.add_worksheet().set_name(NAMELESS)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn fill(worksheet: &mut Worksheet, sheet: &SheetOut) -> Result<(), SheetOutProblem> {
    let bold = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_border_bottom(FormatBorder::Thin);
    let top = Format::new().set_align(FormatAlign::Top).set_text_wrap();
    for (index, (heading, width)) in sheet.columns.iter().enumerate() {
        let column = column(index)?;
        worksheet.set_column_width(column, *width)?;
        worksheet.write_string_with_format(0, column, text(heading), &bold)?;
    }
    for (index, cells) in sheet.rows.iter().enumerate() {
        let row = row(index + 1)?;
        for (index, cell) in cells.iter().enumerate() {
            let column = column(index)?;
            match cell {
                CellOut::Empty => {}
                CellOut::Text(words) if words.is_empty() => {}
                CellOut::Text(words) => {
                    worksheet.write_string_with_format(row, column, text(words), &top)?;
                }
                CellOut::Number(number) if number.is_finite() => {
                    worksheet.write_number_with_format(row, column, *number, &top)?;
                }
                CellOut::Number(_) => {
                    return Err(SheetOutProblem::NotFinite {
                        sheet: sheet.name.clone(),
                        row: usize::try_from(row).unwrap_or_default() + 1,
                    });
                }
                CellOut::Decimal(digits) => match decimal(digits) {
                    Some(number) => {
                        worksheet.write_number_with_format(row, column, number, &top)?;
                    }
                    None => {
                        worksheet.write_string_with_format(row, column, text(digits), &top)?;
                    }
                },
            }
        }
    }
    if let Some(last) = sheet.columns.len().checked_sub(1) {
        worksheet.set_freeze_panes(1, 0)?;
        worksheet.autofilter(0, 0, row(sheet.rows.len())?, column(last)?)?;
    }
    Ok(())
}

fn row(index: usize) -> Result<u32, SheetOutProblem> {
    u32::try_from(index).map_err(|_| SheetOutProblem::TooLarge)
}

fn column(index: usize) -> Result<u16, SheetOutProblem> {
    u16::try_from(index).map_err(|_| SheetOutProblem::TooLarge)
}

/// The number that these digits are, if Excel keeps every one of them.
fn decimal(digits: &str) -> Option<f64> {
    let unsigned = digits.strip_prefix('-').unwrap_or(digits);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let numeric = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let kept = whole.trim_start_matches('0').len() + fraction.trim_end_matches('0').len();
    (numeric(whole) && numeric(fraction) && kept <= DIGITS).then(|| digits.parse().ok()).flatten()
}

/// The text that fits into a cell.
fn text(words: &str) -> String {
    // The longest UTF-16 form has no more units than UTF-8 has bytes.
    if words.len() <= LONGEST_TEXT || words.encode_utf16().count() <= LONGEST_TEXT {
        return words.to_owned();
    }
    cut(words, LONGEST_TEXT - CUT.encode_utf16().count()) + CUT
}

/// The first characters, at most so many UTF-16 units.
fn cut(words: &str, most: usize) -> String {
    let mut left = most;
    words
        .chars()
        .take_while(|c| {
            let fits = c.len_utf16() <= left;
            left = left.saturating_sub(c.len_utf16());
            fits
        })
        .collect()
}

/// A name that Excel takes and that no sheet has yet.
fn sheet_name(wanted: &str, taken: &mut HashSet<String>) -> String {
    let plain: String =
        wanted.chars().map(|c| if is_hidden(c) || "[]:*?/\\".contains(c) { '-' } else { c }).collect();
    // No apostrophe at either end; `History` is Excel's own.
    let plain = plain.trim_matches([' ', '\'']);
    let plain = match plain {
        "" => NAMELESS.to_owned(),
        own if own.eq_ignore_ascii_case("history") => format!("{own}-"),
        other => other.to_owned(),
    };
    let tidy = |most: usize| cut(&plain, most).trim_end_matches([' ', '\'']).to_owned();
    let mut name = tidy(LONGEST_NAME);
    let mut number = 2_u32;
    while !taken.insert(name.to_lowercase()) {
        let suffix = format!(" ({number})");
        name = tidy(LONGEST_NAME - suffix.len()) + &suffix;
        number += 1;
    }
    name
}

#[cfg(test)]
mod tests;
