//! The table that grows while a file is read, and never beyond its limits.

use super::{Limits, SheetProblem};

/// A table of texts. Memory follows the filled cells, not the addresses: a lone cell at
/// XFD1048576 is refused and not given a million rows.
pub(super) struct Grid<'a> {
    rows: Vec<Vec<String>>,
    bytes: usize,
    limits: &'a Limits,
}

impl<'a> Grid<'a> {
    pub(super) fn new(limits: &'a Limits) -> Self {
        Self { rows: Vec::new(), bytes: 0, limits }
    }

    /// Puts a text where it belongs, counted from 0. Blank text needs no place.
    pub(super) fn put(&mut self, row: usize, column: usize, text: &str) -> Result<(), SheetProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(());
        }
        let limits = self.limits;
        if row >= limits.rows {
            return Err(SheetProblem::TooManyRows { limit: limits.rows });
        }
        if column >= limits.columns {
            return Err(SheetProblem::TooManyColumns { limit: limits.columns });
        }
        if text.len() > limits.cell_chars && text.chars().count() > limits.cell_chars {
            return Err(SheetProblem::TooLongCell { row: row + 1, limit: limits.cell_chars });
        }
        // One shared string may be pointed at by every cell.
        self.bytes = self.bytes.saturating_add(text.len());
        if self.bytes > limits.text_bytes {
            return Err(SheetProblem::Bomb);
        }
        if self.rows.len() <= row {
            self.rows.resize_with(row + 1, Vec::new);
        }
        if let Some(cells) = self.rows.get_mut(row) {
            if cells.len() <= column {
                cells.resize_with(column + 1, String::new);
            }
            if let Some(cell) = cells.get_mut(column) {
                text.clone_into(cell);
            }
        }
        Ok(())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows, all as wide as the widest; row `n` of the sheet is at `n - 1`.
    pub(super) fn finish(mut self) -> Result<Vec<Vec<String>>, SheetProblem> {
        let filled = self.rows.iter().filter(|row| !row.is_empty()).count();
        if filled == 0 {
            return Err(SheetProblem::NoRows);
        }
        if filled - 1 > self.limits.data_rows {
            return Err(SheetProblem::TooManyDataRows { limit: self.limits.data_rows });
        }
        let width = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        for row in &mut self.rows {
            row.resize_with(width, String::new);
        }
        Ok(self.rows)
    }
}
