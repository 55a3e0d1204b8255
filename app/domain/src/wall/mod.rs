//! What a display on the wall shows: a filtered office, a tile for each agency, and which
//! run is shown when there are several.

mod filter;
mod next;
mod rotation;
mod tile;

pub use next::{NextDate, next_date};
pub use rotation::{Turns, shown};
pub use tile::{Tally, Tile, TileState, tiles};
