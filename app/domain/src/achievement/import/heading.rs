//! Where the heading of a table is, and what it says of each column.

use std::ops::Range;

use super::Grid;
use super::name::{Base, Name};
use super::vocabulary::{LONGEST, is_heading};
use crate::text::one_line;

/// Most rows of a heading.
const HEIGHT: usize = 5;

/// A heading.
#[derive(Debug, Clone)]
pub(super) struct Heading {
    /// Its rows.
    pub(super) rows: Range<usize>,
    /// The lines of each column's name, from above to below.
    pub(super) names: Vec<Vec<String>>,
    /// How many things that are wanted it names.
    pub(super) known: usize,
    /// Whether it names an indikator, and what was promised or reached.
    pub(super) whole: bool,
}

impl Heading {
    /// Whether a row says the same once more.
    pub(super) fn is_repeated(&self, grid: &Grid, row: usize) -> bool {
        let mut cells = grid.filled(row).peekable();
        cells.peek().is_some()
            && cells.all(|(column, text)| {
                self.names.get(column).is_some_and(|lines| lines.iter().any(|line| *line == one_line(text)))
            })
    }
}

/// All headings of a sheet, from above to below; those that lack something only if there is no
/// other.
pub(super) fn all(grid: &Grid) -> Vec<Heading> {
    let mut whole = Vec::new();
    let mut parts: Vec<Heading> = Vec::new();
    let mut row = 0;
    while row < grid.rows.len() {
        let found = is_candidate(grid, row).then(|| around(grid, row));
        row += 1;
        let Some(heading) = found else { continue };
        row = row.max(heading.rows.end);
        if heading.whole {
            whole.push(heading);
        } else if heading.known >= 2 || is_lone(grid, heading.rows.clone()) {
            parts.push(heading);
        }
    }
    if whole.is_empty() {
        parts.sort_by_key(|part| std::cmp::Reverse(part.known));
        parts.truncate(1);
        return parts;
    }
    whole
}

/// A heading of only one column that is known: "Target" above numbers.
fn is_lone(grid: &Grid, rows: Range<usize>) -> bool {
    rows.into_iter().any(|row| {
        let names = |text: &str| {
            ["sasaran", "indikator", "target", "realisasi"].contains(&text.to_lowercase().as_str())
        };
        grid.filled(row).any(|(_, text)| names(text))
    })
}

/// Whether a row may be the one that names the columns: short names, and no number but years.
fn is_candidate(grid: &Grid, row: usize) -> bool {
    if grid.hidden_rows.contains(&row) {
        return false;
    }
    let (mut known, mut cells) = (0, 0);
    for (_, text) in grid.filled(row) {
        if is_number(text) {
            return false;
        }
        let name = Name::of(&[text]);
        known += usize::from(text.chars().count() <= LONGEST && rank(name.base).is_some());
        cells += 1;
    }
    // A title may speak of indikator, too.
    known > 1 || (known > 0 && (cells > 1 || is_lone(grid, row..row + 1)))
}

fn is_number(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().any(char::is_alphabetic);
    let year = text.len() == 4 && Name::of(&[text]).year.is_some();
    digits > 0 && !letters && !year
}

/// The heading around a row that names columns: group names above, parts of groups below.
fn around(grid: &Grid, base: usize) -> Heading {
    let mut rows = base..base + 1;
    while rows.len() < HEIGHT && is_below(grid, &rows) {
        rows.end += 1;
    }
    while rows.len() < HEIGHT && rows.start > 0 && is_above(grid, rows.start - 1, &rows) {
        rows.start -= 1;
    }
    let names: Vec<Vec<String>> = (0..grid.width()).map(|column| lines(grid, &rows, column)).collect();
    let shown = names.iter().enumerate().filter(|(column, _)| !grid.hidden_columns.contains(column));
    let mut ranks: Vec<usize> = shown.filter_map(|(_, lines)| rank(Name::of(lines).base)).collect();
    ranks.sort_unstable();
    ranks.dedup();
    let has = |wanted: Base| rank(wanted).is_some_and(|wanted| ranks.contains(&wanted));
    let whole = ranks.len() >= 3 && has(Base::Indikator) && (has(Base::Target) || has(Base::Realisasi));
    Heading { rows, names, known: ranks.len(), whole }
}

/// A number for each thing that is wanted of a table.
fn rank(base: Base) -> Option<usize> {
    Some(match base {
        Base::Sasaran => 0,
        Base::Indikator => 1,
        Base::Satuan => 2,
        Base::Target => 3,
        Base::Realisasi | Base::Capaian => 4,
        Base::Polarity => 5,
        Base::Note => 6,
        Base::Number | Base::Computed | Base::Explains | Base::Unknown => return None,
    })
}

/// Whether the row below a heading belongs to it: all that stands there names parts of what
/// stands above, and what is numbered or named already goes on by being merged or blank.
fn is_below(grid: &Grid, rows: &Range<usize>) -> bool {
    let row = rows.end;
    if row >= grid.rows.len() || grid.hidden_rows.contains(&row) {
        return false;
    }
    let grows = (0..grid.width()).any(|column| {
        let (top, _) = grid.origin(row, column);
        rows.contains(&top) && !grid.shown(row, column).is_empty()
    });
    let mut cells = grid.filled(row).peekable();
    if cells.peek().is_none() {
        return false;
    }
    let mut named = false;
    let fits = cells.all(|(column, text)| {
        let above = Name::of(&lines(grid, rows, column)).base;
        let part = !matches!(above, Base::Sasaran | Base::Indikator | Base::Satuan | Base::Number);
        named |= !is_number(text) || Name::of(&[text]).year.is_some();
        is_heading(text) && (part || grows)
    });
    fits && named
}

/// Whether the row above a heading names groups of its columns.
fn is_above(grid: &Grid, row: usize, rows: &Range<usize>) -> bool {
    if grid.hidden_rows.contains(&row) {
        return false;
    }
    let below = |column: usize| Name::of(&lines(grid, rows, column));
    let mut over = false;
    let fits = grid.filled(row).all(|(column, text)| {
        let base = below(column).base;
        over |= matches!(base, Base::Target | Base::Realisasi | Base::Capaian | Base::Computed)
            || below(column).is_known() && base == Base::Unknown;
        is_heading(text) && (base != Base::Number || Name::of(&[text]).base == Base::Number)
    });
    fits && over
}

/// The lines of a column's name. A blank cell right of a group's name belongs to the group if
/// both have a name below.
fn lines(grid: &Grid, rows: &Range<usize>, column: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for row in rows.clone() {
        let text = match grid.shown(row, column) {
            "" => group(grid, row, rows.end, column).unwrap_or_default(),
            text => text,
        };
        let text = one_line(text);
        if !text.is_empty() && lines.last() != Some(&text) {
            lines.push(text);
        }
    }
    lines
}

fn group(grid: &Grid, row: usize, end: usize, column: usize) -> Option<&str> {
    let named_below = |column: usize| (row + 1..end).any(|below| !grid.own(below, column).is_empty());
    if !named_below(column) || grid.origin(row, column) != (row, column) {
        return None;
    }
    let left = (0..column).rev().find(|left| !grid.shown(row, *left).is_empty())?;
    // A merged group says itself how far it reaches.
    let (_, first) = grid.origin(row, left);
    let merged = first != left || grid.origin(row, left + 1) == (row, left);
    (named_below(left) && !merged && (left..column).all(named_below)).then(|| grid.shown(row, left))
}

/// "(1)", "2", "3=2/1": numbers of the columns.
pub(super) fn is_column_numbers(grid: &Grid, row: usize) -> bool {
    let filled = || grid.filled(row).map(|(_, text)| text);
    let number = |text: &str| {
        let digits = text.trim_start_matches('(');
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        let rest = digits.get(end..)?.trim_start_matches([')', '.', ' ']);
        let formula = |c: char| c.is_ascii_digit() || "=/+-*:x×÷() %".contains(c);
        let fits = rest.is_empty() || rest.starts_with('=') && rest.chars().all(formula);
        digits.get(..end)?.parse::<usize>().ok().filter(|_| fits)
    };
    let mut before: Option<usize> = None;
    filled().count() >= 3
        && filled().all(|text| {
            let now = number(text);
            let follows = now.is_some() && before.is_none_or(|before| now == Some(before + 1));
            before = now;
            follows
        })
        && filled().next().and_then(number).is_some_and(|first| first <= 1)
}

/// Whether a row is the heading of some table.
pub(super) fn is_any(grid: &Grid, row: usize) -> bool {
    let cells = || grid.filled(row).map(|(_, text)| text);
    let known = cells().filter(|text| Name::of(&[text]).is_known()).count();
    cells().count() >= 3 && known >= 2 && cells().all(is_heading)
}
