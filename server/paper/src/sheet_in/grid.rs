//! The table that grows while a file is read, and never beyond its limits.

use std::collections::BTreeSet;

use domain::achievement::import::{Cell, Grid, Kind, Merge};

use super::{Limits, SheetProblem};

/// What the sheets of a file have cost so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spent {
    bytes: usize,
    cells: usize,
}

/// A table of cells. Memory follows the filled cells, not the addresses: a lone cell at
/// XFD1048576 is refused and not given a million rows.
pub(super) struct Filling<'a> {
    rows: Vec<Vec<Cell>>,
    spent: Spent,
    limits: &'a Limits,
    /// Areas that are shown as one cell.
    pub(super) merges: Vec<Merge>,
    /// Rows that are not shown.
    pub(super) hidden_rows: BTreeSet<usize>,
    /// Columns that are not shown.
    pub(super) hidden_columns: BTreeSet<usize>,
}

impl<'a> Filling<'a> {
    pub(super) fn new(limits: &'a Limits, spent: Spent) -> Self {
        Self {
            rows: Vec::new(),
            spent,
            limits,
            merges: Vec::new(),
            hidden_rows: BTreeSet::new(),
            hidden_columns: BTreeSet::new(),
        }
    }

    /// Puts a cell where it belongs, counted from 0. Blank text needs no place, but a formula
    /// without a value does.
    pub(super) fn put(&mut self, row: usize, column: usize, mut cell: Cell) -> Result<(), SheetProblem> {
        let text = cell.text.trim();
        if text.is_empty() && cell.kind != Kind::Unsaved {
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
        let width = self.rows.get(row).map_or(0, Vec::len);
        self.spent.bytes = self.spent.bytes.saturating_add(text.len());
        self.spent.cells = self.spent.cells.saturating_add((column + 1).saturating_sub(width));
        if self.spent.bytes > limits.text_bytes || self.spent.cells > limits.cells {
            return Err(SheetProblem::Bomb);
        }
        if self.rows.len() <= row {
            self.rows.resize_with(row + 1, Vec::new);
        }
        if text.len() < cell.text.len() {
            cell.text = text.to_owned();
        }
        if let Some(cells) = self.rows.get_mut(row) {
            if cells.len() <= column {
                cells.resize_with(column + 1, Cell::default);
            }
            if let Some(place) = cells.get_mut(column) {
                *place = cell;
            }
        }
        Ok(())
    }

    /// Sees to it that a row is so wide, although its last cells are blank.
    pub(super) fn widen(&mut self, row: usize, width: usize) {
        if let Some(cells) = self.rows.get_mut(row)
            && cells.len() < width.min(self.limits.columns)
        {
            cells.resize_with(width.min(self.limits.columns), Cell::default);
        }
    }

    /// What this sheet and those before have cost.
    pub(super) fn spent(&self) -> Spent {
        self.spent
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The sheet; row `n` of it is at `n - 1`.
    pub(super) fn finish(self, name: String) -> Grid {
        let Self { rows, merges, hidden_rows, hidden_columns, .. } = self;
        let mut grid = Grid::new(name, rows).merged(&merges);
        (grid.hidden_rows, grid.hidden_columns) = (hidden_rows, hidden_columns);
        grid
    }
}
