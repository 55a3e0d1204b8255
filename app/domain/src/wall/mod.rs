//! What a display on the wall shows: a filtered office, a tile for each agency, and which
//! run is shown when there are several.

mod done;
mod filter;
mod next;
mod rotation;
mod tile;
mod window;

pub use done::{Ended, last_ended};
pub use next::{NextDate, next_date};
pub use rotation::{Turns, shown};
pub use tile::{Pressure, Tally, Tile, TileState, tiles};
pub use window::window;
