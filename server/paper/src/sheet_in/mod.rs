//! Tables that people send: the first filled sheet of a workbook (.xlsx), or CSV, as texts.
//!
//! The sender is not trusted. Every entry of a workbook is counted while it is inflated,
//! whatever its header says; the XML is read as a stream; the table grows only with filled
//! cells. This is why no general reader is used: those inflate and allocate first.

mod cells;
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

pub use limits::Limits;
pub use problem::SheetProblem;

/// How the old office files begin (OLE2); encrypted new ones are wrapped in it too.
const OLE2: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// How other files begin that people send by mistake.
const OTHERS: [&[u8]; 5] = [b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"{\\rtf"];

/// Reads the first sheet that is shown and filled, or CSV.
///
/// All rows are equally wide, without blanks around the texts. Row `n` of a sheet is at `n - 1`,
/// empty rows included; in CSV blank lines are left out. Numbers look as typed in Indonesia
/// (`98,5`, `98,5%`), dates like `31/12/2025`; formulas give the value they were saved with.
///
/// # Errors
/// [`SheetProblem`], in a sentence for the sender.
pub fn read_table(bytes: &[u8], limits: &Limits) -> Result<Vec<Vec<String>>, SheetProblem> {
    if bytes.is_empty() {
        return Err(SheetProblem::Empty);
    }
    if bytes.len() > limits.bytes {
        return Err(SheetProblem::TooLarge { mebibytes: limits.bytes / (1024 * 1024) });
    }
    if bytes.starts_with(OLE2) {
        return Err(SheetProblem::OldOrLocked);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return workbook::read(bytes, limits);
    }
    if OTHERS.iter().any(|beginning| bytes.starts_with(beginning)) {
        return Err(SheetProblem::NotATable);
    }
    text::read(bytes, limits)
}
