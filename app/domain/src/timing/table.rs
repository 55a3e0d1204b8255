//! The turns of many runs as one table.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Spread, TurnTime, turn_times};
use crate::calendar::{Calendar, Undecreed, WorkMinutes};
use crate::id::LaneId;
use crate::run::{Due, Run, Status};
use crate::sop::{CellRef, Sop};

/// Where the time of a procedure's runs goes. All amounts are working time in one run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timing {
    /// Runs that count: all but those that were given up.
    pub runs: usize,
    /// Runs of those that are finished; the lanes are about them.
    pub finished: usize,
    /// The rows, first one first.
    pub rows: Vec<RowTiming>,
    /// The lanes, left to right.
    pub lanes: Vec<LaneTiming>,
    /// Years without a decree that something is left out for.
    pub undecreed: BTreeSet<i32>,
}

/// A row over the runs in which the work has left it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowTiming {
    /// Order from 1.
    pub order: u16,
    /// In how many runs.
    pub runs: usize,
    /// What it took, all its cells and rounds together.
    pub spent: Option<Spread>,
    /// What Waktu, or the fixed date, allowed; the median over the runs.
    pub promised: Option<WorkMinutes>,
    /// Rounds: the most that one run took.
    pub rounds: u16,
    /// In how many runs it had more than one.
    pub repeated: usize,
    /// Its cells, in order.
    pub cells: Vec<CellTiming>,
}

/// A cell over the runs in which the work has left its row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellTiming {
    /// Where it is.
    pub at: CellRef,
    /// Turns in all runs together.
    pub turns: usize,
    /// How often it sent the work back.
    pub returns: usize,
    /// Waiting and doing.
    pub spent: Option<Spread>,
    /// Waiting.
    pub waiting: Option<Spread>,
    /// Doing, at most.
    pub doing: Option<Spread>,
    /// Its part of the whole, in percent: its median against the sum of all medians.
    pub share: u8,
}

/// A lane over the finished runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaneTiming {
    /// The lane.
    pub lane: LaneId,
    /// Waiting.
    pub waiting: Option<Spread>,
    /// Doing, at most.
    pub doing: Option<Spread>,
}

impl RowTiming {
    /// What it takes against what is promised, in percent; `None` where one is not known.
    pub fn percent(&self) -> Option<i64> {
        let promised = self.promised.filter(|promised| promised.0 > 0)?;
        Some((self.spent?.median.0 * 100 + promised.0 / 2) / promised.0)
    }
}

impl CellTiming {
    /// How hot it is, from 1 to 4; 0 if nothing is known.
    pub fn heat(&self) -> u8 {
        match (self.spent, self.share) {
            (None, _) => 0,
            (_, ..2) => 1,
            (_, 2..8) => 2,
            (_, 8..20) => 3,
            (_, 20..) => 4,
        }
    }
}

impl Timing {
    /// Of runs of this version of a procedure.
    pub fn of<'a>(sop: &Sop, runs: impl IntoIterator<Item = &'a Run>, calendar: &Calendar) -> Self {
        let mut gathered = Gathered::default();
        let mut timing = Self::default();
        for run in runs {
            if matches!(run.status, Status::Cancelled(..)) || run.sop != sop.key {
                continue;
            }
            timing.runs += 1;
            timing.finished += usize::from(matches!(run.status, Status::Finished(_)));
            gathered.add(sop, run, calendar, &mut timing.undecreed);
        }
        timing.rows = (1u16..).zip(&sop.activities).map(|(order, _)| gathered.row(sop, order)).collect();
        timing.lanes = sop.lanes.iter().map(|lane| gathered.lane(&lane.id)).collect();
        timing.weigh();
        timing
    }

    /// A row by its order from 1.
    pub fn row(&self, order: u16) -> Option<&RowTiming> {
        self.rows.get(usize::from(order).checked_sub(1)?)
    }

    /// A cell.
    pub fn cell(&self, at: &CellRef) -> Option<&CellTiming> {
        self.row(at.activity)?.cells.iter().find(|cell| cell.at == *at)
    }

    fn weigh(&mut self) {
        let median = |cell: &CellTiming| cell.spent.map_or(0, |spent| spent.median.0);
        let all: i64 = self.rows.iter().flat_map(|row| &row.cells).map(median).sum();
        for cell in self.rows.iter_mut().flat_map(|row| &mut row.cells) {
            let share = (median(cell) * 100 + all / 2).checked_div(all).unwrap_or(0);
            cell.share = u8::try_from(share).unwrap_or(u8::MAX);
        }
    }
}

/// Waiting and doing of one cell, or lane, in one run.
type Parts = (WorkMinutes, WorkMinutes);

/// What the runs say, before it is put in order.
#[derive(Default)]
struct Gathered {
    rows: BTreeMap<u16, Vec<RowInRun>>,
    lanes: BTreeMap<LaneId, Vec<Parts>>,
}

/// A row in one run.
struct RowInRun {
    promised: Option<WorkMinutes>,
    rounds: u16,
    turns: Vec<TurnTime>,
}

impl Gathered {
    fn add(&mut self, sop: &Sop, run: &Run, calendar: &Calendar, undecreed: &mut BTreeSet<i32>) {
        let times = turn_times(sop, run, calendar);
        let mut lanes: BTreeMap<LaneId, Parts> = BTreeMap::new();
        let mut whole = matches!(run.status, Status::Finished(_));
        for (order, _) in (1u16..).zip(&sop.activities) {
            let Some(end) = run.row_clock(order).and_then(|clock| clock.end) else { continue };
            match row_in_run(sop, run, calendar, order, &times, end) {
                Ok(row) => {
                    for turn in &row.turns {
                        let parts = lanes.entry(turn.cell.lane.clone()).or_default();
                        *parts = (parts.0 + turn.waiting, parts.1 + turn.doing);
                    }
                    self.rows.entry(order).or_default().push(row);
                }
                Err(Undecreed { year }) => {
                    undecreed.insert(year);
                    whole = false;
                }
            }
        }
        if whole {
            lanes.into_iter().for_each(|(lane, parts)| self.lanes.entry(lane).or_default().push(parts));
        }
    }

    fn row(&self, sop: &Sop, order: u16) -> RowTiming {
        let rows = self.rows.get(&order).map_or(&[][..], Vec::as_slice);
        let spent = |row: &RowInRun| row.turns.iter().map(TurnTime::spent).sum();
        let promised = rows.iter().filter_map(|row| row.promised).collect();
        let cells = sop.activity(order).map_or(&[][..], |row| &row.cells);
        RowTiming {
            order,
            runs: rows.len(),
            spent: Spread::of(rows.iter().map(spent).collect()),
            promised: Spread::of(promised).map(|promised| promised.median),
            rounds: rows.iter().map(|row| row.rounds).max().unwrap_or_default(),
            repeated: rows.iter().filter(|row| row.rounds > 1).count(),
            cells: cells
                .iter()
                .map(|cell| cell_timing(CellRef::new(order, cell.lane.as_str()), rows))
                .collect(),
        }
    }

    fn lane(&self, lane: &LaneId) -> LaneTiming {
        let parts = self.lanes.get(lane).map_or(&[][..], Vec::as_slice);
        LaneTiming {
            lane: lane.clone(),
            waiting: Spread::of(parts.iter().map(|(waiting, _)| *waiting).collect()),
            doing: Spread::of(parts.iter().map(|(_, doing)| *doing).collect()),
        }
    }
}

fn row_in_run(
    sop: &Sop,
    run: &Run,
    calendar: &Calendar,
    order: u16,
    times: &[(u16, Result<TurnTime, Undecreed>)],
    end: DateTime<Utc>,
) -> Result<RowInRun, Undecreed> {
    let turns = times.iter().filter(|(row, _)| *row == order).map(|(_, turn)| turn.clone());
    let turns = turns.collect::<Result<Vec<_>, _>>()?;
    Ok(RowInRun { promised: promised(sop, run, calendar, order, end)?, rounds: run.round(order), turns })
}

/// Working time from a row's first turn until it was due.
fn promised(
    sop: &Sop,
    run: &Run,
    calendar: &Calendar,
    order: u16,
    end: DateTime<Utc>,
) -> Result<Option<WorkMinutes>, Undecreed> {
    match (run.row_clock(order), run.due(order, sop, calendar, end)) {
        (_, Due::Unknown(undecreed)) => Err(undecreed),
        (Some(clock), Due::At(due)) => run.worked(calendar, clock.start, due.max(clock.start)).map(Some),
        _ => Ok(None),
    }
}

fn cell_timing(at: CellRef, rows: &[RowInRun]) -> CellTiming {
    let own = |row: &RowInRun| -> Vec<TurnTime> {
        row.turns.iter().filter(|turn| turn.cell == at).cloned().collect()
    };
    let runs: Vec<_> = rows.iter().map(own).filter(|turns| !turns.is_empty()).collect();
    let sum = |of: fn(&TurnTime) -> WorkMinutes| {
        Spread::of(runs.iter().map(|turns| turns.iter().map(of).sum()).collect())
    };
    CellTiming {
        turns: runs.iter().map(Vec::len).sum(),
        returns: runs.iter().flatten().filter(|turn| turn.returned).count(),
        spent: sum(TurnTime::spent),
        waiting: sum(|turn| turn.waiting),
        doing: sum(|turn| turn.doing),
        share: 0,
        at,
    }
}
