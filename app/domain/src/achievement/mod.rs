//! The capaian table of a performance report (LKj): what a PD promised, what it reached, and how
//! much of the promise that is.
//!
//! Cells are kept as typed. [`Reading::of`] reads them as Indonesian numbers and says how it did,
//! [`achieve`] computes the capaian of one row, [`Summary::of`] adds a table up, [`import`] understands
//! a table that somebody brings or pastes ([`paste`]), and [`export`] carries one to a spreadsheet.
//! Computation is exact: decimal integers, rounded once and as shown.

mod amount;
mod category;
mod cell;
mod clean;
mod decimal;
mod delimited;
mod direction;
pub mod export;
mod fault;
mod formula;
pub mod import;
mod number;
pub mod paste;
mod remarks;
mod same;
mod table;
mod unit;
mod word;

#[cfg(test)]
mod tests;

pub use category::Category;
pub use decimal::Decimal;
pub use fault::NumberFault;
pub use formula::{Achievement, Polarity, Why, achieve, formula};
pub use number::{Bound, Doubt, MAX_CELL, Number, Reading, Unit};
pub use table::{Fault, Field, MAX_ROWS, Row, Summary};
