//! Procedures made up for tests: written in few characters, or at random.

use domain::sop::{Activity, Cell, CellRef, Lane, Shape, Sop, SopKey, Source, Steering};
use proptest::prelude::*;
use proptest::sample::Index;

/// A procedure in few characters: a row is its cells in order, a cell its symbol and its
/// lane, for a decision with an exit then row and lane of the target.
pub(crate) fn written(lanes: usize, rows: &[&str]) -> Sop {
    let cell = |text: &str| {
        let (symbol, place) = text.split_at(1);
        let shape = match symbol {
            "(" => Shape::Start,
            "[" => Shape::Process,
            "<" => Shape::Decision,
            ")" => Shape::End,
            _ => panic!("no such symbol: {symbol}"),
        };
        let mut place = place.split('.').map(|number| number.parse::<usize>().unwrap());
        let lane = place.next().unwrap();
        let exit = place.next().zip(place.next());
        (shape, lane, exit)
    };
    let rows: Vec<Vec<_>> = rows.iter().map(|row| row.split(' ').map(cell).collect()).collect();
    procedure(lanes, &rows)
}

/// A symbol, its lane from 0, and row (from 1) and lane of its Tidak exit.
type Symbol = (Shape, usize, Option<(usize, usize)>);

fn procedure(lanes: usize, rows: &[Vec<Symbol>]) -> Sop {
    let id = |lane: usize| format!("l{lane}").as_str().into();
    let cell = |(shape, lane, exit): &Symbol| Cell {
        lane: id(*lane),
        shape: *shape,
        no: exit.map(|(row, lane)| CellRef { activity: u16::try_from(row).unwrap(), lane: id(lane) }),
        source: Source::Assumed,
        asks: Vec::new(),
    };
    let activity = |cells: &Vec<Symbol>| Activity {
        printed: String::new(),
        text: "Kegiatan".into(),
        short: "Kegiatan".into(),
        time: String::new(),
        before: None,
        cells: cells.iter().map(cell).collect(),
        requirements: None,
        output: None,
        remarks: None,
    };
    let sop = Sop {
        key: SopKey { number: "UJI".into(), version: 1 },
        name: "Uji".into(),
        identity: Default::default(),
        lanes: (0..lanes)
            .map(|lane| Lane { id: id(lane), name: format!("L{lane}"), recorded_by: None })
            .collect(),
        steering: Steering { start: Vec::new(), pause: Vec::new(), cancel: Vec::new() },
        limits: Vec::new(),
        activities: rows.iter().map(activity).collect(),
    };
    assert_eq!(sop.check(), Ok(()));
    sop
}

/// Any procedure of up to 8 lanes and 14 rows: symbols in any order within a row, about half
/// of them decisions, with exits to anywhere above or before.
pub(crate) fn any_procedure() -> impl Strategy<Value = Sop> {
    let rows = |lanes: usize| {
        let order = Just((0..lanes).collect::<Vec<_>>()).prop_shuffle();
        let exits = prop::collection::vec(prop::option::of(any::<Index>()), lanes);
        prop::collection::vec((order, 1..=lanes, exits), 2..=14).prop_map(move |rows| (lanes, rows))
    };
    (1..=8usize).prop_flat_map(rows).prop_map(|(lanes, rows)| {
        let mut path: Vec<(usize, usize)> = Vec::new();
        let mut symbols: Vec<Vec<Symbol>> = Vec::new();
        for (row, (order, count, exits)) in (1..).zip(rows) {
            symbols.push(Vec::new());
            for (lane, exit) in order.into_iter().zip(exits).take(count) {
                let exit = exit.filter(|_| !path.is_empty()).map(|exit| *exit.get(&path));
                let shape = if exit.is_some() { Shape::Decision } else { Shape::Process };
                symbols[row - 1].push((shape, lane, exit));
                path.push((row, lane));
            }
        }
        symbols.first_mut().unwrap()[0].0 = Shape::Start;
        let last = symbols.last_mut().and_then(|row| row.last_mut()).unwrap();
        (last.0, last.2) = (Shape::End, None);
        procedure(lanes, &symbols)
    })
}
