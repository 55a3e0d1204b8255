//! A pen that draws one connector through the cells of the table.

use super::piece::{Anchor, Axis, Segment, Side};

/// A place of the table: row and lane, both from 0.
pub(super) type Place = (usize, usize);

/// A position on one axis of the whole table: in which row or lane, and where in it.
type Position = (usize, Anchor);

/// Draws the pieces of one connector, from the middle of one symbol to that of another.
pub(super) struct Pen {
    edge: u16,
    track: u8,
    x: Position,
    y: Position,
    /// What is drawn so far, by place.
    pub(super) pieces: Vec<(Place, Segment)>,
}

impl Pen {
    /// A pen in the middle of the symbol at `start`.
    pub(super) fn new(edge: u16, track: u8, (row, lane): Place) -> Self {
        Self { edge, track, x: (lane, Anchor::Centre), y: (row, Anchor::Centre), pieces: Vec::new() }
    }

    /// Draws a forward line: straight to a neighbour, else over the forward track of the
    /// row that it goes to, so as to change lanes or to get past a symbol.
    pub(super) fn forward(&mut self, (row, lane): Place, leave: Side, enter: Side) {
        if enter == Side::Top {
            if matches!(leave, Side::Left | Side::Right) {
                self.across((self.x.0, margin(leave)));
            }
            if self.x != (lane, Anchor::Centre) {
                self.down((row, Anchor::Forward));
            }
        }
        self.across((lane, Anchor::Centre));
        self.down((row, Anchor::Centre));
    }

    /// Draws a return line: out to the margin, up it, and along the return track of the
    /// target's row to the side at which it enters.
    pub(super) fn back(&mut self, (row, lane): Place, leave: Side, enter: Side) {
        match leave {
            Side::Left | Side::Right => self.across((self.x.0, margin(leave))),
            Side::Top => self.down((self.y.0, Anchor::Back)),
            Side::Bottom => self.down((self.y.0, Anchor::FarBack)),
        }
        let on_track = self.y == (row, Anchor::Back);
        if self.x.1 == Anchor::Centre && !on_track {
            self.across((self.x.0, Anchor::FarBack));
        }
        let turn = if enter == Side::Top { Anchor::Centre } else { margin(enter) };
        if self.x != (lane, turn) {
            self.down((row, Anchor::Back));
            self.across((lane, turn));
        }
        if enter == Side::Bottom {
            self.down((row, Anchor::FarBack));
            self.across((lane, Anchor::Centre));
        }
        self.down((row, Anchor::Centre));
        self.across((lane, Anchor::Centre));
    }

    /// Draws left or right to a position.
    fn across(&mut self, to: Position) {
        for (lane, from, to) in stretches(self.x, to) {
            self.put((self.y.0, lane), Axis::Horizontal, from, to, self.y.1);
        }
        self.x = to;
    }

    /// Draws down or up to a position.
    fn down(&mut self, to: Position) {
        for (row, from, to) in stretches(self.y, to) {
            self.put((row, self.x.0), Axis::Vertical, from, to, self.x.1);
        }
        self.y = to;
    }

    fn put(&mut self, place: Place, axis: Axis, from: Anchor, to: Anchor, at: Anchor) {
        let piece = Segment { axis, from, to, at, track: self.track, edge: self.edge };
        self.pieces.push((place, piece));
    }
}

/// The margin beside a symbol. A line at its upper or lower side takes the right one.
fn margin(side: Side) -> Anchor {
    if side == Side::Left { Anchor::Back } else { Anchor::FarBack }
}

/// Cuts the way between two positions at the edges of the cells.
fn stretches(a: Position, b: Position) -> impl Iterator<Item = (usize, Anchor, Anchor)> {
    let (low, high) = (a.min(b), a.max(b));
    (low.0..=high.0)
        .map(move |index| {
            let from = if index == low.0 { low.1 } else { Anchor::Start };
            let to = if index == high.0 { high.1 } else { Anchor::End };
            (index, from, to)
        })
        .filter(|(_, from, to)| from != to)
}
