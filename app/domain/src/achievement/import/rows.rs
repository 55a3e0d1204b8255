//! The rows of a table, and what is left out of them.

use super::super::{Field, Row};
use super::cells::Cells;
use super::heading::{self, Heading};
use super::lines::Line;
use super::{Doubtful, Grid, Layout, Left, Reason, Taken, Wish};
use crate::text::one_line;

/// Longest text that is shown of a row that is left out, in characters.
const SHOWN: usize = 120;

/// What became of the rows.
#[derive(Debug, Default)]
pub(super) struct Taking {
    pub(super) rows: Vec<Taken>,
    pub(super) left: Vec<Left>,
    pub(super) doubts: Vec<Doubtful>,
}

/// Goes through the rows of a sheet.
pub(super) fn take(
    grid: &Grid,
    heading: Option<&Heading>,
    all: &[Heading],
    layout: &Layout,
    wish: &Wish,
) -> Taking {
    let mut walk = Walk {
        grid,
        heading,
        cells: Cells { grid, layout, wish, heading },
        taking: Taking::default(),
        title: None,
        signing: false,
        other: false,
    };
    let start = heading.map_or(0, |heading| heading.rows.end);
    for row in 0..grid.rows.len() {
        if heading.is_some_and(|heading| heading.rows.contains(&row)) || grid.filled(row).next().is_none() {
            continue;
        }
        if row < start {
            let within = all.iter().any(|other| other.rows.start <= row);
            walk.leave(row, if within { Reason::OtherTable } else { Reason::Above });
        } else {
            walk.row(row);
        }
    }
    walk.no_title();
    walk.taking
}

struct Walk<'a> {
    grid: &'a Grid,
    heading: Option<&'a Heading>,
    cells: Cells<'a>,
    taking: Taking,
    /// A row with nothing but a sasaran, which is that of the rows below.
    title: Option<(usize, String)>,
    /// Whether the signature below the table has begun.
    signing: bool,
    /// Whether another table has begun.
    other: bool,
}

impl Walk<'_> {
    fn row(&mut self, row: usize) {
        if self.grid.hidden_rows.contains(&row) {
            return self.leave(row, Reason::Hidden);
        }
        let repeated = self.heading.is_some_and(|heading| heading.is_repeated(self.grid, row));
        if repeated {
            (self.other, self.signing) = (false, false);
            return self.leave(row, Reason::Heading);
        }
        if self.other {
            return self.leave(row, Reason::OtherTable);
        }
        if heading::is_column_numbers(self.grid, row) && self.heading.is_some() {
            return self.leave(row, Reason::ColumnNumbers);
        }
        if heading::is_any(self.grid, row) {
            self.other = true;
            return self.leave(row, Reason::OtherTable);
        }
        let cells = &self.cells;
        let indikator = cells.text(row, Field::Indikator);
        let line = Line {
            texts: self.grid.filled(row).map(|(_, text)| text).collect(),
            indikator,
            has_sasaran: !cells.own(row, Field::Sasaran).is_empty(),
            has_satuan: !indikator.is_empty() && !cells.text(row, Field::Satuan).is_empty(),
            has_target: cells.is_filled(row, Field::Target),
            has_realisasi: cells.is_filled(row, Field::Realisasi),
        };
        let measured = line.has_target || line.has_realisasi;
        let (alone, bare) = (line.texts.len(), indikator.is_empty());
        if let Some(reason) = line.reason(self.signing) {
            self.signing |= reason == Reason::Signature;
            return self.leave(row, reason);
        }
        if bare && !measured {
            let title = self.grid.filled(row).map(|(_, text)| text).max_by_key(|text| text.len());
            return match title {
                Some(title) if alone <= 2 && title.chars().any(char::is_alphabetic) => {
                    let title = one_line(title);
                    self.no_title();
                    self.title = Some((row, title));
                }
                _ => self.leave(row, Reason::NoIndicator),
            };
        }
        if bare && !cells.has_number(row) {
            return self.leave(row, Reason::NoIndicator);
        }
        self.signing = false;
        if cells.is_too_wide(row) {
            return self.leave(row, Reason::Commas);
        }
        self.add(row);
    }

    fn add(&mut self, row: usize) {
        let at = self.taking.rows.len();
        let before = self.taking.rows.last().map(|taken| taken.row.sasaran.clone());
        let (mut found, doubts) = self.cells.row(row, at);
        if found.sasaran.is_empty() {
            let title = self.title.take().map(|(_, title)| title);
            found.sasaran = title.or(before).unwrap_or_default();
        } else {
            self.no_title();
        }
        self.taking.doubts.extend(doubts);
        self.remark(&found, row, at);
        self.taking.rows.push(Taken { line: row + 1, row: found });
    }

    /// What the row itself says about its numbers, where nothing was said of the cell yet.
    fn remark(&mut self, found: &Row, row: usize, at: usize) {
        let faults = found.faults().into_iter().map(|fault| (fault, true));
        for (fault, asks) in faults.chain(found.remarks().into_iter().map(|remark| (remark, false))) {
            let Some(cell) = self.cells.name(row, fault.field) else { continue };
            let known = self.taking.doubts.iter().any(|doubt| doubt.cell == cell && doubt.asks);
            // Numbers of a workbook have one reading; what is to be said of them is said by the row.
            if !known {
                let text = found.text(fault.field).to_owned();
                let (field, sentence) = (fault.field, fault.sentence);
                self.taking.doubts.push(Doubtful { cell, row: at, field, text, sentence, asks });
            }
        }
    }

    fn no_title(&mut self) {
        if let Some((row, _)) = self.title.take() {
            self.leave(row, Reason::Section);
        }
    }

    fn leave(&mut self, row: usize, why: Reason) {
        let texts: Vec<String> = self.grid.filled(row).map(|(_, text)| one_line(text)).collect();
        let text: String = texts.join(" | ").chars().take(SHOWN).collect();
        let left = Left { line: row + 1, text, why };
        let place = self.taking.left.partition_point(|other| other.line < left.line);
        self.taking.left.insert(place, left);
    }
}
