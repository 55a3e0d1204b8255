//! The sheet as a table: the same for a live run, a procedure without a run, and print.

mod cell;
mod hands;
mod heat;
mod keys;
mod legend;
mod table;
mod time;

pub use hands::Hands;
pub use heat::Heat;
pub use legend::Legend;
pub use table::SheetTable;
pub use time::{left_words, time_words};
