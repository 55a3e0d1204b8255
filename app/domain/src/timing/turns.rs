//! The working time of each finished turn of a run, parted into waiting and doing.

use chrono::{DateTime, Utc};

use crate::calendar::{Calendar, Undecreed, WorkMinutes};
use crate::report::{Stage, Submission};
use crate::run::{OutcomeKind, Run, Visit};
use crate::sop::{CellRef, Shape, Sop};

/// A finished turn. Time in which the run stood still is in neither part.
///
/// - A **decision** (paraf) waits from beginning to end: answering takes a moment.
/// - A cell that **collects the agencies' reports** waits for them from beginning to end.
/// - A cell that **judges or reviews reports** waits until the first of them was judged or
///   reviewed in its turn; from then on it is being done.
/// - Any **other** cell counts as doing: an upper bound, for the log does not know how long
///   the work lay on the desk before somebody began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurnTime {
    /// The cell.
    pub cell: CellRef,
    /// In which round of its row.
    pub round: u16,
    /// When it got its turn.
    pub since: DateTime<Utc>,
    /// When it was finished or sent the work back.
    pub until: DateTime<Utc>,
    /// Whether it sent the work back.
    pub returned: bool,
    /// Working time in which it waited.
    pub waiting: WorkMinutes,
    /// Working time in which it was, at most, being done.
    pub doing: WorkMinutes,
}

impl TurnTime {
    /// Waiting and doing together.
    pub fn spent(&self) -> WorkMinutes {
        self.waiting + self.doing
    }
}

/// The finished turns of a run with their rows, oldest first. Acts that were taken back are
/// not among them. A turn that touches a year without a decree says so.
pub fn turn_times(sop: &Sop, run: &Run, calendar: &Calendar) -> Vec<(u16, Result<TurnTime, Undecreed>)> {
    let time = |visit| Some((visit, turn_time(sop, run, calendar, visit)?));
    let times = run.visits.iter().filter_map(time);
    times.map(|(visit, time): (&Visit, _)| (visit.cell.activity, time)).collect()
}

fn turn_time(
    sop: &Sop,
    run: &Run,
    calendar: &Calendar,
    visit: &Visit,
) -> Option<Result<TurnTime, Undecreed>> {
    let outcome = visit.outcome.as_ref()?;
    let (since, until) = (visit.since, outcome.stamp.at.max(visit.since));
    let begun = match waits(sop, &visit.cell) {
        Waits::Throughout => until,
        Waits::NotAtAll => since,
        Waits::For(stage) => first_trace(run, stage, since, until).unwrap_or(since),
    };
    let parts = run
        .worked(calendar, since, begun)
        .and_then(|waiting| Ok((waiting, run.worked(calendar, begun, until)?)));
    Some(parts.map(|(waiting, doing)| TurnTime {
        cell: visit.cell.clone(),
        round: visit.round,
        since,
        until,
        returned: matches!(outcome.kind, OutcomeKind::Returned { .. }),
        waiting,
        doing,
    }))
}

enum Waits {
    Throughout,
    NotAtAll,
    For(Stage),
}

fn waits(sop: &Sop, at: &CellRef) -> Waits {
    let Some(cell) = sop.cell(at) else { return Waits::NotAtAll };
    match cell.asks.iter().find_map(|ask| Stage::of(ask.kind)) {
        _ if cell.shape == Shape::Decision => Waits::Throughout,
        Some(Stage::Received) => Waits::Throughout,
        Some(stage) => Waits::For(stage),
        None => Waits::NotAtAll,
    }
}

/// When the first report was worked on in a turn, as far as the log still says.
fn first_trace(run: &Run, stage: Stage, since: DateTime<Utc>, until: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let rounds = run.reports.values().flat_map(|report| &report.rounds);
    let traces = rounds.flat_map(|round: &Submission| {
        let judged = round.judgement.as_ref().map(|(stamp, _)| stamp.at);
        let reviewed = round.review.as_ref().map(|(stamp, _)| stamp.at);
        let answered = round.verdict.as_ref().map(|(stamp, _)| stamp.at);
        match stage {
            Stage::Reviewed => [reviewed, answered],
            _ => [judged, answered],
        }
    });
    traces.flatten().filter(|at| (since..=until).contains(at)).min()
}
