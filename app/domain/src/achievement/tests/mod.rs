//! Tests of the capaian table.

mod cells;
mod csv;
mod decimals;
mod formulas;
mod pasted;
mod properties;
mod remarks;
mod rows;
mod words;

use super::{Polarity, Row};

/// A row of plain columns, where higher is better.
fn row(sasaran: &str, indikator: &str, satuan: &str, target: &str, realisasi: &str) -> Row {
    Row {
        sasaran: sasaran.to_owned(),
        indikator: indikator.to_owned(),
        satuan: satuan.to_owned(),
        target: target.to_owned(),
        realisasi: realisasi.to_owned(),
        ..Row::default()
    }
}

/// A row of which only the numbers matter.
fn measured(target: &str, realisasi: &str, polarity: Polarity) -> Row {
    Row { polarity, ..row("Sasaran", "Indikator", "", target, realisasi) }
}
