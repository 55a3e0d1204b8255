//! Connectors, cell by cell: which lines each cell of the table carries.
//!
//! Every cell draws its own piece, so rows may have any height and nothing is measured.
//! A piece runs between anchors: the cell's edges, its centre, and numbered tracks beside
//! the symbol. No two lines share a track, none turns on another, and a line meets a symbol
//! only where it begins or ends, each on a side of its own; only the returns to one and the
//! same symbol run together.

mod drawing;
mod pen;

use serde::{Deserialize, Serialize};

use crate::sop::{CellRef, Shape, Sop};
use drawing::Drawing;

/// Along which axis a piece runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Axis {
    /// From left to right.
    Horizontal,
    /// From top to bottom.
    Vertical,
}

/// A place on an axis of a cell, in the order in which they lie. Forward, Back and FarBack
/// are bands of parallel tracks, counted from 0: the forward ones downwards, the others to
/// either side, as it pleases the eye.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Anchor {
    /// The left or upper edge.
    Start,
    /// The forward tracks, just below the upper edge. Only vertically.
    Forward,
    /// The return tracks above the symbol (vertically) or its left margin (horizontally).
    Back,
    /// The middle.
    Centre,
    /// The margin below the symbol (vertically) or to its right (horizontally).
    FarBack,
    /// The right or lower edge.
    End,
}

/// What kind of line a piece belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LineKind {
    /// To the next symbol.
    Forward,
    /// Along a Tidak exit, back to an earlier symbol.
    Return,
}

/// A connector of the procedure: from one symbol to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edge {
    /// Where it begins.
    pub from: CellRef,
    /// Where it ends.
    pub to: CellRef,
    /// What kind it is.
    pub kind: LineKind,
}

/// A straight piece of a connector inside one cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Along which axis it runs.
    pub axis: Axis,
    /// Where it begins on that axis.
    pub from: Anchor,
    /// Where it ends on that axis; never before `from`.
    pub to: Anchor,
    /// Where it lies on the other axis.
    pub at: Anchor,
    /// Which track it means wherever it names a band, from 0.
    pub track: u8,
    /// The connector that it belongs to, by its place in [`Tiles::edges`].
    pub edge: u16,
}

/// A side of a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Side {
    /// Above.
    Top,
    /// Right.
    Right,
    /// Below.
    Bottom,
    /// Left.
    Left,
}

/// What the cell at one place of the table carries.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tile {
    /// The pieces of lines.
    pub segments: Vec<Segment>,
    /// The side at which a forward line ends with an arrow head.
    pub arrow: Option<Side>,
    /// The side at which return lines end with an arrow head.
    pub back_arrow: Option<Side>,
    /// The side at which the Ya exit leaves.
    pub yes: Option<Side>,
    /// The side at which the Tidak exit leaves.
    pub no: Option<Side>,
}

/// The lines of a whole procedure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tiles {
    /// Every connector.
    pub edges: Vec<Edge>,
    /// Row by row, in each row lane by lane.
    pub rows: Vec<Vec<Tile>>,
}

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

    /// The tile at a place of the table, both from 0.
    pub fn at(&self, row: usize, lane: usize) -> Option<&Tile> {
        self.rows.get(row)?.get(lane)
    }
}

/// A place on an axis, with the track if it is in a band.
type Spot = (Anchor, u8);

impl Segment {
    /// Whether two pieces in one cell run over each other. Crossing is no running over.
    pub fn overlaps(&self, other: &Self) -> bool {
        let ((from, to), (other_from, other_to)) = (self.ends(), other.ends());
        self.axis == other.axis && self.line() == other.line() && from < other_to && other_from < to
    }

    /// Whether one piece ends or turns on the other, so that a reader could take the wrong
    /// way. Lines do meet in the middle of a symbol, behind it.
    fn joins(&self, other: &Self) -> bool {
        let meet = self.reaches(other.line()) && other.reaches(self.line());
        let cross = self.passes(other.line()) && other.passes(self.line());
        let behind_symbol = self.at == Anchor::Centre && other.at == Anchor::Centre;
        self.axis != other.axis && meet && !cross && !behind_symbol
    }

    /// Whether the piece begins or ends at this side of the symbol in its cell.
    fn touches(&self, side: Side) -> bool {
        let (axis, before) = match side {
            Side::Top => (Axis::Vertical, true),
            Side::Bottom => (Axis::Vertical, false),
            Side::Left => (Axis::Horizontal, true),
            Side::Right => (Axis::Horizontal, false),
        };
        let end = if before { self.to } else { self.from };
        self.axis == axis && self.at == Anchor::Centre && end == Anchor::Centre
    }

    fn ends(&self) -> (Spot, Spot) {
        (self.spot(self.from), self.spot(self.to))
    }

    fn line(&self) -> Spot {
        self.spot(self.at)
    }

    fn spot(&self, anchor: Anchor) -> Spot {
        let in_band = matches!(anchor, Anchor::Forward | Anchor::Back | Anchor::FarBack);
        (anchor, if in_band { self.track } else { 0 })
    }

    fn reaches(&self, spot: Spot) -> bool {
        let (from, to) = self.ends();
        (from..=to).contains(&spot)
    }

    fn passes(&self, spot: Spot) -> bool {
        let (from, to) = self.ends();
        from < spot && spot < to
    }
}
