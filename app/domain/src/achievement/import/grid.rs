//! The cells that somebody brought, before anything is said about what they mean.

use std::collections::{BTreeSet, HashMap};

/// What a cell is, beside the text that it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// Words, or digits that were typed as words.
    #[default]
    Text,
    /// A number of a workbook: its text has a decimal comma, nothing between thousands, and what
    /// its format shows around it.
    Number,
    /// A day, shown like `31/12/2025`.
    Date,
    /// "#DIV/0!" and its like.
    Error,
    /// A formula that was saved without a value.
    Unsaved,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// What it shows.
    pub text: String,
    /// What it is.
    pub kind: Kind,
    /// The number that it holds, where it shows a rounded one.
    pub exact: Option<String>,
}

impl Cell {
    /// A cell of words.
    pub fn words(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A cell of a kind.
    pub fn of(kind: Kind, text: impl Into<String>) -> Self {
        Self { text: text.into(), kind, exact: None }
    }
}

/// Cells that are shown as one; counted from 0, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// First row.
    pub top: usize,
    /// First column.
    pub left: usize,
    /// Last row.
    pub bottom: usize,
    /// Last column.
    pub right: usize,
}

/// Most cells that merges may cover: areas may lie over one another a thousand times.
const COVERED: usize = 100_000;

/// A sheet, or what a text file holds. Rows and columns are counted from 0.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grid {
    /// The name of the sheet; empty for a text.
    pub name: String,
    /// The rows; they need not be equally wide.
    pub rows: Vec<Vec<Cell>>,
    /// Rows that are not shown.
    pub hidden_rows: BTreeSet<usize>,
    /// Columns that are not shown.
    pub hidden_columns: BTreeSet<usize>,
    /// Whether commas stood between the cells, which also mark decimals.
    pub commas: bool,
    /// Of every merged cell but the first one of its area, where that first one is.
    origins: HashMap<(usize, usize), (usize, usize)>,
}

impl Grid {
    /// A sheet of these rows.
    pub fn new(name: impl Into<String>, rows: Vec<Vec<Cell>>) -> Self {
        Self { name: name.into(), rows, ..Self::default() }
    }

    /// A sheet of words.
    pub fn of_words<T: AsRef<str>>(lines: &[Vec<T>]) -> Self {
        let words = |line: &Vec<T>| line.iter().map(|text| Cell::words(text.as_ref())).collect();
        Self::new("", lines.iter().map(words).collect())
    }

    /// The sheet with merged cells. What lies outside of the rows and columns that are there is
    /// not looked at.
    #[must_use]
    pub fn merged(mut self, merges: &[Merge]) -> Self {
        let (height, width) = (self.rows.len(), self.width());
        let mut covered = 0;
        for merge in merges {
            let (bottom, right) =
                (merge.bottom.min(height.saturating_sub(1)), merge.right.min(width.saturating_sub(1)));
            if merge.top > bottom || merge.left > right {
                continue;
            }
            covered += (bottom - merge.top + 1) * (right - merge.left + 1);
            if covered > COVERED {
                break;
            }
            for row in merge.top..=bottom {
                for column in merge.left..=right {
                    if (row, column) != (merge.top, merge.left) {
                        self.origins.insert((row, column), (merge.top, merge.left));
                    }
                }
            }
        }
        self
    }

    /// How many columns there are.
    pub fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or_default()
    }

    /// Where the cell is that this one is a part of; itself unless it is merged.
    pub(super) fn origin(&self, row: usize, column: usize) -> (usize, usize) {
        self.origins.get(&(row, column)).copied().unwrap_or((row, column))
    }

    pub(super) fn cell(&self, row: usize, column: usize) -> Option<&Cell> {
        self.rows.get(row)?.get(column)
    }

    /// The text of this very cell, whatever it is merged with.
    pub(super) fn own(&self, row: usize, column: usize) -> &str {
        if self.origin(row, column) == (row, column) { self.text(row, column) } else { "" }
    }

    /// The text that is shown there, of the area that the cell is a part of.
    pub(super) fn shown(&self, row: usize, column: usize) -> &str {
        let (row, column) = self.origin(row, column);
        self.text(row, column)
    }

    fn text(&self, row: usize, column: usize) -> &str {
        self.cell(row, column).map_or("", |cell| cell.text.trim())
    }

    /// The columns that hold anything in a row, in order, without those that are not shown.
    pub(super) fn filled(&self, row: usize) -> impl Iterator<Item = (usize, &str)> {
        let width = self.rows.get(row).map_or(0, Vec::len);
        (0..width)
            .filter(|column| !self.hidden_columns.contains(column))
            .map(move |column| (column, self.own(row, column)))
            .filter(move |(column, text)| !text.is_empty() || self.is_unsaved(row, *column))
    }

    fn is_unsaved(&self, row: usize, column: usize) -> bool {
        self.cell(row, column).is_some_and(|cell| cell.kind == Kind::Unsaved)
    }
}

/// The name of a column in a spreadsheet: `A`, `Z`, `AA`.
pub fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// The name of a cell in a spreadsheet: `F2`.
pub fn address(row: usize, column: usize) -> String {
    format!("{}{}", letters(column), row + 1)
}
