//! The sheet as a picture, before it is a view: which lines each cell carries, what each
//! cell shows, and the same as plain text.

mod lines;
mod model;
mod text;

pub use lines::{Anchor, Axis, Edge, LineKind, Segment, Side, Tile, Tiles};
pub use model::{CellState, CellView, Past, RowView, SheetView, TimeView, Turn};
pub use text::draw;
