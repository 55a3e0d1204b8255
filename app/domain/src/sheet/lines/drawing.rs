//! Choosing the course of each connector, so that none runs over another.

use super::pen::{Pen, Place};
use super::piece::{Edge, LineKind, Segment, Side, Tile, Tiles};
use crate::sop::{CellRef, Sop};

/// A procedure whose lines are being drawn.
pub(super) struct Drawing<'a> {
    /// The procedure.
    pub(super) sop: &'a Sop,
    /// The lines drawn so far.
    pub(super) tiles: Tiles,
}

impl Drawing<'_> {
    /// The tile of a symbol.
    pub(super) fn tile(&mut self, cell: &CellRef) -> Option<&mut Tile> {
        let (row, lane) = self.place(cell);
        self.tiles.rows.get_mut(row)?.get_mut(lane)
    }

    /// Draws the line to the next symbol and answers the side at which it leaves.
    pub(super) fn forward(&mut self, from: &CellRef, to: &CellRef) -> Side {
        let (start, goal) = (self.place(from), self.place(to));
        let edge = self.edge(from, to, LineKind::Forward);
        let (toward, across) =
            if start.1 < goal.1 { (Side::Right, Side::Left) } else { (Side::Left, Side::Right) };
        let (leave, enter) = if start.0 != goal.0 {
            (Side::Bottom, Side::Top)
        } else if self.is_blocked(start.0, start.1, goal.1) {
            (self.free_side(start, [Side::Top, toward, across, Side::Bottom]), Side::Top)
        } else {
            (toward, across)
        };
        self.draw(edge, |track| {
            let mut pen = Pen::new(edge, track, start);
            pen.forward(goal, leave, enter);
            pen
        });
        if let Some(tile) = self.tile(to) {
            tile.arrow = Some(enter);
        }
        leave
    }

    /// Draws a return line. Returns to one symbol all enter it at the same side.
    pub(super) fn back(&mut self, from: &CellRef, to: &CellRef) {
        let (start, goal) = (self.place(from), self.place(to));
        let edge = self.edge(from, to, LineKind::Return);
        let leave = self.free_side(
            start,
            if start.0 == goal.0 {
                [Side::Top, Side::Right, Side::Left, Side::Bottom]
            } else {
                [Side::Right, Side::Left, Side::Top, Side::Bottom]
            },
        );
        let enter = self.tile(to).and_then(|tile| tile.back_arrow);
        let enter =
            enter.unwrap_or_else(|| self.free_side(goal, [Side::Left, Side::Right, Side::Top, Side::Bottom]));
        self.draw(edge, |track| {
            let mut pen = Pen::new(edge, track, start);
            pen.back(goal, leave, enter);
            pen
        });
        if let Some(tile) = self.tile(from) {
            tile.no = Some(leave);
        }
        if let Some(tile) = self.tile(to) {
            tile.back_arrow = Some(enter);
        }
    }

    /// Draws a connector on the first track where it is clear of the others. There is one:
    /// on a track of its own a line shares only sides of symbols, and those are free.
    fn draw(&mut self, edge: u16, on: impl Fn(u8) -> Pen) {
        let pen = (0..=u8::MAX).map(&on).find(|pen| self.is_clear(edge, pen)).unwrap_or_else(|| on(0));
        for ((row, lane), piece) in pen.pieces {
            if let Some(tile) = self.tiles.rows.get_mut(row).and_then(|row| row.get_mut(lane)) {
                tile.segments.push(piece);
            }
        }
    }

    fn is_clear(&self, edge: u16, pen: &Pen) -> bool {
        pen.pieces.iter().all(|((row, lane), new)| {
            let there = self.pieces((*row, *lane)).iter();
            let mut others = there.filter(|piece| !self.run_together(piece.edge, edge));
            !others.any(|piece| piece.overlaps(new) || piece.joins(new))
        })
    }

    /// Whether two connectors may share their tracks: returns to the same symbol.
    fn run_together(&self, a: u16, b: u16) -> bool {
        let target = |edge: u16| {
            let edge = self.tiles.edges.get(usize::from(edge));
            edge.filter(|edge| edge.kind == LineKind::Return).map(|edge| &edge.to)
        };
        target(a).is_some() && target(a) == target(b)
    }

    /// The first of these sides at which no line begins or ends. A symbol has at most four
    /// lines (to it and from it, forward and back), so there is one.
    fn free_side(&self, at: Place, sides: [Side; 4]) -> Side {
        let [first, ..] = sides;
        let free = |side: &Side| !self.pieces(at).iter().any(|piece| piece.touches(*side));
        sides.into_iter().find(free).unwrap_or(first)
    }

    /// Whether a symbol stands strictly between two lanes of a row.
    fn is_blocked(&self, row: usize, a: usize, b: usize) -> bool {
        let mut between = self.sop.lanes.iter().take(a.max(b)).skip(a.min(b) + 1);
        let activity = self.sop.activities.get(row);
        between.any(|lane| activity.is_some_and(|row| row.cells.iter().any(|cell| cell.lane == lane.id)))
    }

    fn pieces(&self, (row, lane): Place) -> &[Segment] {
        self.tiles.at(row, lane).map_or(&[], |tile| &tile.segments)
    }

    fn place(&self, cell: &CellRef) -> Place {
        let lane = self.sop.lanes.iter().position(|lane| lane.id == cell.lane);
        (usize::from(cell.activity).saturating_sub(1), lane.unwrap_or(0))
    }

    fn edge(&mut self, from: &CellRef, to: &CellRef, kind: LineKind) -> u16 {
        self.tiles.edges.push(Edge { from: from.clone(), to: to.clone(), kind });
        u16::try_from(self.tiles.edges.len() - 1).unwrap_or(u16::MAX)
    }
}
