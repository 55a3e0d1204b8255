//! Connectors, cell by cell: which lines each cell of the table carries.
//!
//! Every cell draws its own piece, so rows may have any height and nothing is measured.
//! A piece runs between anchors: the cell's edges, its centre, and numbered tracks beside
//! the symbol. No two lines share a track, none turns on another, and a line meets a symbol
//! only where it begins or ends, each on a side of its own; only the returns to one and the
//! same symbol run together.

mod drawing;
mod pen;
mod piece;

pub use piece::{Anchor, Axis, Edge, LineKind, Segment, Side, Tile, Tiles};

use crate::sop::{Shape, Sop};
use drawing::Drawing;

impl Tiles {
    /// Draws the connectors of a procedure.
    pub fn of(sop: &Sop) -> Self {
        let rows = vec![vec![Tile::default(); sop.lanes.len()]; sop.activities.len()];
        let mut drawing = Drawing { sop, tiles: Self { edges: Vec::new(), rows } };
        let path: Vec<_> = sop.path().collect();
        for pair in path.windows(2) {
            if let [(from, cell), (to, _)] = pair {
                let side = drawing.forward(from, to);
                if let Some(tile) = drawing.tile(from).filter(|_| cell.shape == Shape::Decision) {
                    tile.yes = Some(side);
                }
            }
        }
        for (from, _) in &path {
            if let Some(to) = sop.no_exit(from) {
                drawing.back(from, to);
            }
        }
        drawing.tiles
    }
}
