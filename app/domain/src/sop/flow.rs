//! How the cells of a procedure follow one another.

use super::{Activity, Cell, CellRef, Lane, Shape, Sop};
use crate::id::LaneId;

impl Sop {
    /// The row with this order number, counted from 1.
    pub fn activity(&self, order: u16) -> Option<&Activity> {
        self.activities.get(usize::from(order).checked_sub(1)?)
    }

    /// The lane with this id.
    pub fn lane(&self, id: &LaneId) -> Option<&Lane> {
        self.lanes.iter().find(|lane| lane.id == *id)
    }

    /// The head of a lane's column as printed; the id itself if there is no such lane.
    pub fn lane_name<'a>(&'a self, id: &'a LaneId) -> &'a str {
        self.lane(id).map_or(id.as_str(), |lane| &lane.name)
    }

    /// The cell at this place.
    pub fn cell(&self, at: &CellRef) -> Option<&Cell> {
        self.activity(at.activity)?.cells.iter().find(|cell| cell.lane == at.lane)
    }

    /// Every cell in the order in which they are carried out when nothing is returned.
    pub fn path(&self) -> impl Iterator<Item = (CellRef, &Cell)> {
        (1u16..).zip(&self.activities).flat_map(|(order, activity)| {
            activity
                .cells
                .iter()
                .map(move |cell| (CellRef { activity: order, lane: cell.lane.clone() }, cell))
        })
    }

    /// The first cell, where a run begins.
    pub fn first(&self) -> Option<CellRef> {
        self.path().next().map(|(at, _)| at)
    }

    /// The cell after this one; `None` after the last.
    pub fn next(&self, at: &CellRef) -> Option<CellRef> {
        self.path().skip_while(|(here, _)| here != at).nth(1).map(|(here, _)| here)
    }

    /// Where the Tidak exit of this cell leads; `None` if it has none.
    pub fn no_exit(&self, at: &CellRef) -> Option<&CellRef> {
        self.cell(at).filter(|cell| cell.shape == Shape::Decision)?.no.as_ref()
    }

    /// Whether a cell stands before another on the way down.
    pub fn precedes(&self, earlier: &CellRef, later: &CellRef) -> bool {
        let place = |wanted: &CellRef| self.path().position(|(at, _)| at == *wanted);
        matches!((place(earlier), place(later)), (Some(a), Some(b)) if a < b)
    }

    /// The lanes whose people may act in this lane: its own, and the one that records
    /// its acts on behalf, if the procedure names one.
    pub fn who_may(&self, lane: &LaneId) -> impl Iterator<Item = &LaneId> {
        self.lane(lane).into_iter().flat_map(|l| std::iter::once(&l.id).chain(l.recorded_by.as_ref()))
    }
}
