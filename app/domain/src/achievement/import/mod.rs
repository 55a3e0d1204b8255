//! Understands a table that an agency brings: where its heading is, which column holds what,
//! which rows are data, and which cells are doubtful. Nothing is guessed in silence: what is
//! proposed is shown with its reason, and what nothing speaks for is asked.
//!
//! A workbook, a CSV file and what was pasted come here as [`Grid`]s; [`understand`] is the same
//! for all of them.

mod candidates;
mod cells;
mod columns;
mod found;
mod grid;
mod heading;
mod lines;
mod name;
mod rows;
#[cfg(test)]
mod tests;
mod vocabulary;

pub use found::{
    Choice, Column, Doubtful, Held, ImportFault, Left, Reason, Sheet, Taken, Understood, Unused, Wish,
};
pub use grid::{Cell, Grid, Kind, Merge, address, letters};

use columns::Layout;
use heading::Heading;

use super::{Field, MAX_ROWS, direction};

/// A sheet as it would be taken.
struct Attempt {
    heading: Option<Heading>,
    layout: Layout,
    /// Whether a heading was found, how much it names, how many rows there are.
    fit: (u8, usize, usize),
    taking: rows::Taking,
}

/// Understands the one of these sheets whose heading fits best, for the run of a data year.
///
/// # Errors
/// [`ImportFault`], in a sentence for the user, if there is nothing to show.
pub fn understand(sheets: &[Grid], year: i32, wish: &Wish) -> Result<Understood, ImportFault> {
    let filled: Vec<usize> = (0..sheets.len()).filter(|at| sheets.get(*at).is_some_and(is_filled)).collect();
    let mut best: Option<(usize, Attempt)> = None;
    for at in filled.iter().copied().filter(|at| wish.sheet.is_none_or(|wanted| wanted == *at)) {
        let Some(attempt) = sheets.get(at).and_then(|grid| attempt(grid, year, wish)) else { continue };
        if best.as_ref().is_none_or(|(_, before)| attempt.fit > before.fit) {
            best = Some((at, attempt));
        }
    }
    let (at, attempt) = best.ok_or(ImportFault::Columns)?;
    let Attempt { heading, layout, taking, .. } = attempt;
    let open = layout.choices.iter().any(|choice| choice.must);
    match taking.rows.len() {
        0 if !open => return Err(ImportFault::NoRows),
        n if n > MAX_ROWS => return Err(ImportFault::TooManyRows(n)),
        _ => {}
    }
    let grid = sheets.get(at);
    let others = filled.iter().filter(|other| **other != at);
    let name = |at: &usize| sheets.get(*at).map(|grid| (*at, grid.name.clone()));
    let sheet = Sheet {
        at,
        name: grid.map(|grid| grid.name.clone()).unwrap_or_default(),
        first: filled.first() == Some(&at),
    };
    let said = grid.map(|grid| said(grid, &sheet, &layout, heading.as_ref())).unwrap_or_default();
    Ok(Understood {
        sheet,
        others: others.filter_map(name).collect(),
        heading: heading.map(|heading| heading.rows.map(|row| row + 1).collect()).unwrap_or_default(),
        columns: layout.columns,
        missing: layout.missing,
        choices: layout.choices,
        rows: taking.rows,
        left: taking.left,
        doubts: taking.doubts,
        said,
    })
}

fn is_filled(grid: &Grid) -> bool {
    (0..grid.rows.len()).any(|row| grid.filled(row).next().is_some())
}

/// The table of a sheet: below the heading that names most, else in the usual order.
fn attempt(grid: &Grid, year: i32, wish: &Wish) -> Option<Attempt> {
    let all = heading::all(grid);
    let mut best: Option<Heading> = None;
    for heading in &all {
        if best.as_ref().is_none_or(|before| heading.known > before.known) {
            best = Some(heading.clone());
        }
    }
    let layout = match &best {
        Some(heading) => columns::choose(grid, heading, year, wish),
        // "100,98,5" is no two numbers for sure without a heading to count by.
        None if grid.commas => return None,
        None => columns::usual(grid, |word| matches!(direction::polarity(word), Some(Some(_))))?,
    };
    let taking = rows::take(grid, best.as_ref(), &all, &layout, wish);
    let kind = best.as_ref().map_or(0, |heading| if heading.whole { 2 } else { 1 });
    let known = best.as_ref().map_or(0, |heading| heading.known);
    let fit = (kind, known, usize::from(!taking.rows.is_empty()));
    Some(Attempt { heading: best, layout, fit, taking })
}

/// What the sender may not see.
fn said(grid: &Grid, sheet: &Sheet, layout: &Layout, heading: Option<&Heading>) -> Vec<String> {
    let mut said = Vec::new();
    if !sheet.first {
        let name = &sheet.name;
        said.push(format!(
            "Diambil dari lembar \"{name}\", bukan lembar pertama: judul kolomnya paling cocok."
        ));
    }
    if heading.is_none() {
        let words: Vec<&str> = layout.fields.iter().flatten().map(|field| field.word()).collect();
        said.push(format!("Tidak ada baris judul; kolom dibaca menurut urutan: {}.", words.join(", ")));
    }
    let hidden = layout.columns.iter().filter(|column| grid.hidden_columns.contains(&column.at));
    for column in hidden {
        let (letters, name) = (letters(column.at), &column.name);
        let what = match column.held {
            Held::Left(_) => "tidak diambil",
            Held::Field(_) => "diambil karena dipilih",
        };
        let name = if name.is_empty() { String::new() } else { format!(" ({name})") };
        said.push(format!("Kolom {letters}{name} disembunyikan di berkas, {what}."));
    }
    if layout.missing.contains(&Field::Satuan) {
        said.push("Kolom satuan tidak ada; satuan dibaca dari target dan realisasi.".to_owned());
    }
    said
}
