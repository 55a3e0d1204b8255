//! Where time goes: what the log says about waiting and doing, row by row and lane by lane.
//!
//! The log knows when a cell got its turn, when it was finished, and what was recorded of
//! reports meanwhile. It does not know when somebody began to work. What that allows to be
//! said is in [`TurnTime`]; `docs/timing.md` has it in words.

mod spread;
mod table;
mod turns;

pub use spread::{Spread, quantile};
pub use table::{CellTiming, LaneTiming, RowTiming, Timing};
pub use turns::{TurnTime, turn_times};
