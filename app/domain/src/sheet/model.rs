//! What each place of the sheet shows. Derived from the run, the procedure, the calendar
//! and the moment; never stored.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::agency::Agency;
use crate::calendar::{Calendar, Undecreed, WorkMinutes};
use crate::id::{AccountId, AgencyCode, LaneId};
use crate::log::Acting;
use crate::plan::{Plan, RowPlan, RowState};
use crate::report::Stage;
use crate::run::{Due, OutcomeKind, Run, Status, Visit};
use crate::sop::{CellRef, Shape, Sop, Source};

/// A whole sheet as it looks at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetView {
    /// The rows, first one first.
    pub rows: Vec<RowView>,
    /// Whose turn it is; `None` if the run is over, or if this is a sheet without a run.
    pub turn: Option<Turn>,
    /// The symbols whose Tidak exit was ever walked.
    pub returned_from: BTreeSet<CellRef>,
}

/// A row of the sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct RowView {
    /// Order from 1.
    pub order: u16,
    /// The round that the row is in.
    pub round: u16,
    /// Why the row was last returned into, and from which lane; `None` in round 1.
    pub returned: Option<(LaneId, String)>,
    /// What the Waktu column says.
    pub time: TimeView,
    /// How many reports of how many have come as far as this row waits for; see
    /// [`SheetView::with_reports`].
    pub reports: Option<(usize, usize)>,
    /// The symbols of this row; places without one are not listed.
    pub cells: Vec<CellView>,
}

/// A symbol of the sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct CellView {
    /// Where it is.
    pub at: CellRef,
    /// Which symbol it is.
    pub shape: Shape,
    /// How we know that it stands here.
    pub source: Source,
    /// How it stands in the row's present round.
    pub state: CellState,
    /// Every turn that it had, oldest first.
    pub past: Vec<Past>,
}

/// How a cell stands. The words of the page's `data-state`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellState {
    /// Not yet its turn.
    Idle,
    /// Its turn.
    Active,
    /// Finished in this round.
    Done,
    /// Its turn, and past due.
    Late,
    /// It sent the work back, and has not had a turn since.
    Returned,
}

impl CellState {
    /// The state as markup and the text drawing say it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Active => "active",
            Self::Done => "done",
            Self::Late => "late",
            Self::Returned => "returned",
        }
    }

    /// Whether it is this cell's turn.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Active | Self::Late)
    }
}

/// A turn that a cell had and that came to something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// In which round.
    pub round: u16,
    /// Since when it was its turn.
    pub since: DateTime<Utc>,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: AccountId,
    /// The lane that recorded it on behalf.
    pub recorded_by: Option<LaneId>,
    /// In whose place it was done, if not in the lane of whoever did it.
    pub acting: Option<Acting>,
    /// What came of it.
    pub kind: OutcomeKind,
}

/// What the Waktu column says beside the promised time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeView {
    /// Nothing: no run, or no time is promised.
    Silent,
    /// Not begun; when it should end if all goes as planned from here.
    Planned(DateTime<Utc>),
    /// Being done.
    Running {
        /// When it is due.
        due: DateTime<Utc>,
        /// Working time left; negative if late.
        left: WorkMinutes,
    },
    /// Finished.
    Done {
        /// Working time that it took.
        spent: WorkMinutes,
        /// Working time by which it was late, if it was; none at all when it ended past due
        /// but before anybody worked again.
        over: Option<WorkMinutes>,
    },
    /// It depends on a year whose days off are not decreed.
    Unknown(Undecreed),
}

/// Whose turn it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// The cell.
    pub at: CellRef,
    /// In which round.
    pub round: u16,
    /// Since when.
    pub since: DateTime<Utc>,
    /// What the Waktu column says for its row.
    pub time: TimeView,
    /// Whether the row is late.
    pub late: bool,
    /// Why and since when the run stands still, if it does.
    pub paused: Option<(DateTime<Utc>, String)>,
}

impl SheetView {
    /// The sheet of a procedure without a run.
    pub fn blank(sop: &Sop) -> Self {
        Self::draw(sop, None, &Calendar::default(), DateTime::UNIX_EPOCH)
    }

    /// The sheet of a run at a moment.
    pub fn of(sop: &Sop, run: &Run, calendar: &Calendar, now: DateTime<Utc>) -> Self {
        Self::draw(sop, Some(run), calendar, now)
    }

    /// The same with how far the reports are, in the rows that wait for them and are not
    /// left behind.
    #[must_use]
    pub fn with_reports(mut self, sop: &Sop, run: &Run, agencies: &BTreeMap<AgencyCode, Agency>) -> Self {
        for stage in [Stage::Received, Stage::Judged, Stage::Reviewed] {
            let Some(order) = sop.row_of_stage(stage) else { continue };
            let Some(row) = self.rows.get_mut(usize::from(order).saturating_sub(1)) else { continue };
            if run.reports.is_empty() || row.cells.iter().all(|cell| cell.state == CellState::Done) {
                continue;
            }
            let (reached, missing) = stage.split(run, agencies);
            row.reports = Some((reached.len(), reached.len() + missing.len()));
        }
        self
    }

    fn draw(sop: &Sop, run: Option<&Run>, calendar: &Calendar, now: DateTime<Utc>) -> Self {
        let open = run.and_then(Run::open);
        let plan = run.map(|run| Plan::of_run(sop, run, calendar, now));
        let planned = |order| plan.as_ref().and_then(|plan| plan.row(order));
        let late = |order| planned(order).is_some_and(|row| row.due.is_late(now));
        let waktu = |order| {
            run.zip(planned(order)).map_or(TimeView::Silent, |(run, row)| time(run, row, calendar, now))
        };
        let rows: Vec<_> = (1u16..)
            .zip(&sop.activities)
            .map(|(order, activity)| RowView {
                order,
                round: run.map_or(1, |run| run.round(order)),
                returned: run.and_then(|run| last_return(run, order)),
                reports: None,
                time: waktu(order),
                cells: activity
                    .cells
                    .iter()
                    .map(|cell| {
                        let at = CellRef { activity: order, lane: cell.lane.clone() };
                        let state = run.map_or(CellState::Idle, |run| state(run, sop, &at, late(order)));
                        let past = run.map(|run| past(run, &at)).unwrap_or_default();
                        CellView { at, shape: cell.shape, source: cell.source, state, past }
                    })
                    .collect(),
            })
            .collect();
        let turn = open.map(|visit| Turn {
            at: visit.cell.clone(),
            round: visit.round,
            since: visit.since,
            time: rows
                .get(usize::from(visit.cell.activity).saturating_sub(1))
                .map_or(TimeView::Silent, |row| row.time),
            late: late(visit.cell.activity),
            paused: run.and_then(Run::paused).map(|halt| (halt.from, halt.reason.clone())),
        });
        Self { rows, turn, returned_from: run.map(returned_from).unwrap_or_default() }
    }

    /// The symbol at a place, if there is one.
    pub fn cell(&self, at: &CellRef) -> Option<&CellView> {
        let row = self.rows.get(usize::from(at.activity).checked_sub(1)?)?;
        row.cells.iter().find(|cell| cell.at == *at)
    }
}

/// The work runs along one path, so all above the newest turn is done, also what an
/// earlier round did and the present one does not repeat, and all below it is to be done.
fn state(run: &Run, sop: &Sop, at: &CellRef, late: bool) -> CellState {
    let Some(newest) = run.visits.last() else { return CellState::Idle };
    let going = run.status == Status::Going;
    if newest.cell == *at {
        return match newest.outcome {
            Some(_) => CellState::Done,
            None if !going => CellState::Idle,
            None if late => CellState::Late,
            None => CellState::Active,
        };
    }
    if sop.precedes(at, &newest.cell) {
        return CellState::Done;
    }
    let returned = run.visits_of(at).next_back().is_some_and(sent_back);
    if returned && going { CellState::Returned } else { CellState::Idle }
}

fn past(run: &Run, at: &CellRef) -> Vec<Past> {
    let done = |visit: &Visit| {
        let outcome = visit.outcome.as_ref()?;
        Some(Past {
            round: visit.round,
            since: visit.since,
            at: outcome.stamp.at,
            by: outcome.stamp.by.clone(),
            recorded_by: outcome.recorded_by.clone(),
            acting: outcome.stamp.acting.clone(),
            kind: outcome.kind.clone(),
        })
    };
    run.visits_of(at).filter_map(done).collect()
}

fn last_return(run: &Run, order: u16) -> Option<(LaneId, String)> {
    run.visits.iter().rev().find_map(|visit| match visit.outcome.as_ref().map(|o| &o.kind) {
        Some(OutcomeKind::Returned { to, reason })
            if (to.activity..=visit.cell.activity).contains(&order) =>
        {
            Some((visit.cell.lane.clone(), reason.clone()))
        }
        _ => None,
    })
}

fn returned_from(run: &Run) -> BTreeSet<CellRef> {
    run.visits.iter().filter(|visit| sent_back(visit)).map(|visit| visit.cell.clone()).collect()
}

fn sent_back(visit: &Visit) -> bool {
    matches!(visit.outcome.as_ref().map(|o| &o.kind), Some(OutcomeKind::Returned { .. }))
}

/// What the Waktu column says of a row of the plan.
fn time(run: &Run, row: &RowPlan, calendar: &Calendar, now: DateTime<Utc>) -> TimeView {
    let view = match (row.state, row.due) {
        (RowState::Dropped, _) => Ok(TimeView::Silent),
        (_, Due::Unknown(undecreed)) => Err(undecreed),
        (RowState::Coming, due) => row.span.map(|span| match due {
            Due::At(_) => TimeView::Planned(span.to),
            _ => TimeView::Silent,
        }),
        (RowState::Open, due) => row.span.and_then(|_| match due {
            Due::At(due) => calendar.working_between(now, due).map(|left| TimeView::Running { due, left }),
            _ => Ok(TimeView::Silent),
        }),
        (RowState::Done, due) => done(run, row, due, calendar, now),
    };
    view.unwrap_or_else(TimeView::Unknown)
}

fn done(
    run: &Run,
    row: &RowPlan,
    due: Due,
    calendar: &Calendar,
    now: DateTime<Utc>,
) -> Result<TimeView, Undecreed> {
    let Some(clock) = run.row_clock(row.order) else { return Ok(TimeView::Silent) };
    let spent = run.spent(clock, calendar, now)?;
    let end = clock.end.unwrap_or(now);
    Ok(match due {
        Due::At(at) if due.is_late(end) => {
            TimeView::Done { spent, over: Some(calendar.working_between(at, end)?) }
        }
        Due::At(_) => TimeView::Done { spent, over: None },
        _ => TimeView::Silent,
    })
}
