//! The connectors of the sheet: looked at in `tests/golden/lines/*.txt`, and checked for
//! every procedure that could be written.

use std::collections::{BTreeMap, BTreeSet};

use domain::sheet::{Anchor, Axis, Edge, LineKind, Segment, Side, Tile, Tiles};
use domain::sop::{CellRef, Shape, Sop};
use proptest::prelude::*;

use crate::drafts::{any_procedure, written};
use crate::golden;
use crate::ledger::{ORG, TRIP, sop};
use crate::picture::picture;
use crate::walk::cases;

#[test]
fn pictures_of_procedures() {
    let pictures = [
        ("org-2-2-2", sop(ORG)),
        ("perjalanan-dinas", sop(TRIP)),
        ("semua-sisi", all_sides()),
        ("melewati-simbol", past_symbols()),
    ];
    for (name, sop) in pictures {
        check(&sop);
        golden::check(&golden::folder("lines").join(format!("{name}.txt")), &picture(&sop));
    }
}

/// Decisions in the middle of a row, also of the last one, that are returned to as well: each
/// of their four sides has a line.
fn all_sides() -> Sop {
    written(4, &["(0", "[0 <1.1.0 [2 <3.2.1", "<3.1.0 <2.2.2 [1 <0.3.2", "<0.3.0 <1.4.0 <2.4.1 )3"])
}

/// Rows whose order jumps to and fro over other symbols.
fn past_symbols() -> Sop {
    written(5, &["(2", "[0 [3 <1.1.2 <4.2.0", "<4 [1 [3 <0.2.3", "[2 [0 [4 [1 <3.4.2", "[3 )0"])
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn lines_of_any_procedure_keep_apart_and_arrive(sop in any_procedure()) {
        check(&sop);
    }
}

/// Everything that must hold of the lines of a procedure.
fn check(sop: &Sop) {
    let sheet = Sheet { sop, tiles: Tiles::of(sop) };
    sheet.every_connector_is_there_once();
    for (number, edge) in (0..).zip(&sheet.tiles.edges) {
        sheet.it_leads_from_symbol_to_symbol(number, edge);
    }
    for (row, lane) in sheet.places() {
        let tile = sheet.tiles.at(row, lane).unwrap();
        sheet.pieces_are_well_formed(tile);
        sheet.lines_keep_apart(tile, (row, lane));
        sheet.only_its_own_lines_reach_a_symbol(tile, (row, lane));
        sheet.marks_are_where_lines_are(tile, (row, lane));
    }
}

struct Sheet<'a> {
    sop: &'a Sop,
    tiles: Tiles,
}

/// A point on one axis: column or row, anchor, track (0 where the anchor has none).
type Coordinate = (usize, Anchor, u8);

impl Sheet<'_> {
    fn places(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let (rows, lanes) = (self.sop.activities.len(), self.sop.lanes.len());
        (0..rows).flat_map(move |row| (0..lanes).map(move |lane| (row, lane)))
    }

    fn edge(&self, piece: &Segment) -> &Edge {
        &self.tiles.edges[usize::from(piece.edge)]
    }

    fn symbol(&self, (row, lane): (usize, usize)) -> Option<CellRef> {
        let at = CellRef { activity: u16::try_from(row).unwrap() + 1, lane: self.sop.lanes[lane].id.clone() };
        self.sop.cell(&at).map(|_| at)
    }

    fn place(&self, cell: &CellRef) -> (usize, usize) {
        self.places().find(|place| self.symbol(*place).as_ref() == Some(cell)).unwrap()
    }

    fn every_connector_is_there_once(&self) {
        let path: Vec<_> = self.sop.path().map(|(at, _)| at).collect();
        let forward = path.windows(2).map(|pair| (pair[0].clone(), pair[1].clone(), false));
        let back = self.sop.path().filter_map(|(at, cell)| Some((at, cell.no.clone()?, true)));
        let drawn = self.tiles.edges.iter().map(|edge| {
            let Edge { from, to, kind } = edge.clone();
            (from, to, kind == LineKind::Return)
        });
        assert_eq!(drawn.clone().count(), drawn.clone().collect::<BTreeSet<_>>().len());
        assert_eq!(drawn.collect::<BTreeSet<_>>(), forward.chain(back).collect());
    }

    fn pieces_are_well_formed(&self, tile: &Tile) {
        for piece in &tile.segments {
            assert!(piece.from < piece.to, "{piece:?}");
            let (along, across) = ([piece.from, piece.to], piece.at);
            assert!(!matches!(across, Anchor::Start | Anchor::End), "on the border: {piece:?}");
            let horizontal = match piece.axis {
                Axis::Horizontal => along.to_vec(),
                Axis::Vertical => vec![across],
            };
            assert!(!horizontal.contains(&Anchor::Forward), "no such margin: {piece:?}");
        }
    }

    /// Walks the pieces of a connector across the borders of cells: one way, without
    /// branches or loose ends, and a forward one never upwards past its row.
    fn it_leads_from_symbol_to_symbol(&self, number: u16, edge: &Edge) {
        let mut ways: BTreeMap<(Coordinate, Coordinate), Vec<_>> = BTreeMap::new();
        let mut rows = BTreeSet::new();
        for (row, lane) in self.places() {
            for piece in
                self.tiles.at(row, lane).unwrap().segments.iter().filter(|piece| piece.edge == number)
            {
                let point = |along| match piece.axis {
                    Axis::Horizontal => (point(lane, along, piece), point(row, piece.at, piece)),
                    Axis::Vertical => (point(lane, piece.at, piece), point(row, along, piece)),
                };
                let (a, b) = (point(piece.from), point(piece.to));
                ways.entry(a).or_default().push(b);
                ways.entry(b).or_default().push(a);
                rows.insert(row);
            }
        }
        let centre = |cell| {
            let (row, lane) = self.place(cell);
            ((lane, Anchor::Centre, 0), (row, Anchor::Centre, 0))
        };
        let (start, goal) = (centre(&edge.from), centre(&edge.to));
        for (point, next) in &ways {
            let expected = if *point == start || *point == goal { 1 } else { 2 };
            assert_eq!(next.len(), expected, "{edge:?} at {point:?}");
        }
        let (mut before, mut here, mut steps) = (None, start, 0);
        while here != goal {
            let next = ways[&here].iter().copied().find(|next| Some(*next) != before).unwrap();
            (before, here, steps) = (Some(here), next, steps + 1);
        }
        assert_eq!(steps + 1, ways.len(), "{edge:?} has pieces that lead nowhere");
        let (top, bottom) = (self.place(&edge.from).0, self.place(&edge.to).0);
        let between = top.min(bottom)..=top.max(bottom);
        assert!(rows.iter().all(|row| between.contains(row)), "{edge:?} strays into rows {rows:?}");
    }

    /// Lines of different connectors neither run over each other nor turn on one another,
    /// except returns to the same symbol.
    fn lines_keep_apart(&self, tile: &Tile, place: (usize, usize)) {
        let pairs = tile
            .segments
            .iter()
            .enumerate()
            .flat_map(|(i, a)| tile.segments[..i].iter().map(move |b| (a, b)));
        for (a, b) in pairs.filter(|(a, b)| a.edge != b.edge) {
            let (one, other) = (self.edge(a), self.edge(b));
            let returns = one.kind == LineKind::Return && other.kind == LineKind::Return;
            if returns && one.to == other.to {
                continue;
            }
            assert!(
                !a.overlaps(b) && !b.overlaps(a),
                "at {place:?}: {a:?} of {one:?} over {b:?} of {other:?}"
            );
            let Some((across, down)) = crossing(a, b) else { continue };
            let behind_symbol =
                a.at == Anchor::Centre && b.at == Anchor::Centre && self.symbol(place).is_some();
            assert!(
                across && down || behind_symbol,
                "at {place:?}: {a:?} of {one:?} turns on {b:?} of {other:?}"
            );
        }
    }

    fn only_its_own_lines_reach_a_symbol(&self, tile: &Tile, place: (usize, usize)) {
        let Some(symbol) = self.symbol(place) else { return };
        let mut sides: BTreeMap<Side, Vec<&Edge>> = BTreeMap::new();
        for piece in tile.segments.iter().filter(|piece| piece.at == Anchor::Centre) {
            let edge = self.edge(piece);
            assert!(
                !(piece.from < Anchor::Centre && piece.to > Anchor::Centre),
                "{edge:?} runs through {symbol}"
            );
            let Some(side) = side(piece) else { continue };
            assert!(edge.from == symbol || edge.to == symbol, "{edge:?} ends at {symbol}");
            sides.entry(side).or_default().push(edge);
        }
        // Returns to one symbol are one line where they arrive; any other has a side of its own.
        let one_line = |pair: &[&Edge]| {
            let arrives_back = |edge: &Edge| edge.kind == LineKind::Return && edge.to == symbol;
            pair[0] == pair[1] || (arrives_back(pair[0]) && arrives_back(pair[1]))
        };
        for (side, edges) in sides {
            assert!(edges.windows(2).all(one_line), "{symbol} has several lines at {side:?}: {edges:?}");
        }
    }

    /// Arrow heads are where lines end, Ya and Tidak where they leave, and nowhere else.
    fn marks_are_where_lines_are(&self, tile: &Tile, place: (usize, usize)) {
        let symbol = self.symbol(place);
        let decision = symbol
            .as_ref()
            .and_then(|at| self.sop.cell(at))
            .is_some_and(|cell| cell.shape == Shape::Decision);
        let sides = |wanted: fn(&Edge, &CellRef) -> bool| -> BTreeSet<Side> {
            let Some(symbol) = &symbol else { return BTreeSet::new() };
            let ours = tile.segments.iter().filter(|piece| wanted(self.edge(piece), symbol));
            ours.filter_map(side).collect()
        };
        let forward_in = sides(|edge, symbol| edge.kind == LineKind::Forward && edge.to == *symbol);
        let back_in = sides(|edge, symbol| edge.kind == LineKind::Return && edge.to == *symbol);
        let forward_out = sides(|edge, symbol| edge.kind == LineKind::Forward && edge.from == *symbol);
        let back_out = sides(|edge, symbol| edge.kind == LineKind::Return && edge.from == *symbol);
        let marks = |side: Option<Side>| side.into_iter().collect::<BTreeSet<_>>();
        assert_eq!(marks(tile.arrow), forward_in, "at {place:?}");
        assert_eq!(marks(tile.back_arrow), back_in, "at {place:?}");
        assert_eq!(marks(tile.yes), if decision { forward_out } else { BTreeSet::new() }, "at {place:?}");
        assert_eq!(marks(tile.no), back_out, "at {place:?}");
    }
}

/// A point on an axis of the whole table; the edge between two cells is one point.
fn point(index: usize, anchor: Anchor, piece: &Segment) -> Coordinate {
    match anchor {
        Anchor::End => (index + 1, Anchor::Start, 0),
        Anchor::Start | Anchor::Centre => (index, anchor, 0),
        Anchor::Forward | Anchor::Back | Anchor::FarBack => (index, anchor, piece.track),
    }
}

/// The side of the symbol at which a piece ends, if it does.
fn side(piece: &Segment) -> Option<Side> {
    match (piece.axis, piece.at, piece.from, piece.to) {
        (Axis::Horizontal, Anchor::Centre, _, Anchor::Centre) => Some(Side::Left),
        (Axis::Horizontal, Anchor::Centre, Anchor::Centre, _) => Some(Side::Right),
        (Axis::Vertical, Anchor::Centre, _, Anchor::Centre) => Some(Side::Top),
        (Axis::Vertical, Anchor::Centre, Anchor::Centre, _) => Some(Side::Bottom),
        _ => None,
    }
}

/// Where a horizontal and a vertical piece meet: whether each goes on beyond that point on
/// both sides. `None` if they do not meet.
fn crossing(a: &Segment, b: &Segment) -> Option<(bool, bool)> {
    if a.axis == b.axis {
        return None;
    }
    let meets = |piece: &Segment, other: &Segment| {
        let (from, to) = (point(0, piece.from, piece), point(0, piece.to, piece));
        let at = point(0, other.at, other);
        (from <= at && at <= to).then_some(from < at && at < to)
    };
    Some((meets(a, b)?, meets(b, a)?))
}
