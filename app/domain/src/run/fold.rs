//! How events change a run. No rules: what is in the log has happened.

use std::collections::BTreeMap;
use std::sync::Arc;

use thiserror::Error;

use super::{Halt, Outcome, OutcomeKind, Run, Stamp, Status, Visit};
use crate::id::{LaneId, RunId};
use crate::office::{Event, Recorded};
use crate::sop::{CellRef, Shape, Sop};

/// An event that cannot have happened to the run that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum DoesNotFit {
    /// The cell was not open.
    #[error("the cell was not open")]
    NotOpen,
    /// There was no act to take back.
    #[error("there was no such act to take back")]
    NoAct,
    /// The run did not stand still, or stood still already.
    #[error("the run was not in that state of pause")]
    Pause,
    /// The run was over.
    #[error("the run was over")]
    Over,
    /// There was no such round of the report.
    #[error("the report was not in that round")]
    Round,
    /// The event is not about a run.
    #[error("the event is not about a run")]
    NotAboutRun,
}

impl Run {
    /// A run as it begins.
    pub(crate) fn begin(record: &Recorded, sop: &Sop, id: RunId, data_year: i32) -> Self {
        let visits = sop.first().map(|cell| Visit { cell, round: 1, since: record.at, outcome: None });
        Self {
            id,
            sop: sop.key.clone(),
            data_year,
            started: stamp(record),
            status: Status::Going,
            visits: visits.into_iter().collect(),
            rounds: vec![1; sop.activities.len()],
            halts: Vec::new(),
            reports: BTreeMap::new(),
            history: vec![Arc::new(record.clone())],
        }
    }

    /// Folds one event.
    pub(crate) fn fold(&mut self, record: &Recorded, sop: &Sop) -> Result<(), DoesNotFit> {
        if self.status != Status::Going && !matches!(record.event, Event::ActTakenBack { .. }) {
            return Err(DoesNotFit::Over);
        }
        if record.event.agency().is_some() {
            return self.fold_report(record);
        }
        match &record.event {
            Event::CellFinished { cell, round, answers, recorded_by, .. } => {
                let kind = OutcomeKind::Finished(answers.clone());
                self.close(cell, *round, record, recorded_by.as_ref(), kind)?;
                self.advance(cell, record, sop);
            }
            Event::CellReturned { cell, round, to, reason, recorded_by, .. } => {
                let kind = OutcomeKind::Returned { to: to.clone(), reason: reason.clone() };
                self.close(cell, *round, record, recorded_by.as_ref(), kind)?;
                self.turn_rounds(to.activity, cell.activity, |round| round.saturating_add(1));
                self.open_visit(to.clone(), record);
            }
            Event::ActTakenBack { cell, round, .. } => self.take_back(cell, *round)?,
            Event::RunPaused { reason, .. } => self.pause(record, reason)?,
            Event::RunResumed { .. } => self.resume(record)?,
            Event::RunCancelled { reason, .. } => {
                self.status = Status::Cancelled(stamp(record), reason.clone());
            }
            Event::RunStarted { .. }
            | Event::SopPublished { .. }
            | Event::YearDecreed { .. }
            | Event::DaysOffChanged { .. }
            | Event::HoursSet { .. }
            | Event::SpecialHoursAdded { .. }
            | Event::SpecialHoursRemoved { .. }
            | Event::SubstituteNamed { .. }
            | Event::SubstituteEnded { .. }
            | Event::AgencyListed { .. }
            | Event::AgencyClosed { .. }
            | Event::ReportSubmitted { .. }
            | Event::ReportJudged { .. }
            | Event::ReportReviewed { .. }
            | Event::ReportReturned { .. }
            | Event::ReportAccepted { .. }
            | Event::ReviewAssigned { .. }
            | Event::Withheld => return Err(DoesNotFit::NotAboutRun),
        }
        self.history.push(Arc::new(record.clone()));
        Ok(())
    }

    fn close(
        &mut self,
        cell: &CellRef,
        round: u16,
        record: &Recorded,
        recorded_by: Option<&LaneId>,
        kind: OutcomeKind,
    ) -> Result<(), DoesNotFit> {
        let open = self.visits.last_mut().filter(|visit| visit.outcome.is_none());
        let visit = open.filter(|visit| visit.cell == *cell && visit.round == round);
        let visit = visit.ok_or(DoesNotFit::NotOpen)?;
        let recorded_by = recorded_by.cloned();
        visit.outcome = Some(Outcome { stamp: stamp(record), recorded_by, kind });
        Ok(())
    }

    fn advance(&mut self, cell: &CellRef, record: &Recorded, sop: &Sop) {
        let ended = sop.cell(cell).is_some_and(|cell| cell.shape == Shape::End);
        match sop.next(cell).filter(|_| !ended) {
            Some(next) => self.open_visit(next, record),
            None => self.status = Status::Finished(stamp(record)),
        }
    }

    fn open_visit(&mut self, cell: CellRef, record: &Recorded) {
        let round = self.round(cell.activity);
        self.visits.push(Visit { cell, round, since: record.at, outcome: None });
    }

    fn take_back(&mut self, cell: &CellRef, round: u16) -> Result<(), DoesNotFit> {
        if matches!(self.status, Status::Cancelled(..)) {
            return Err(DoesNotFit::Over);
        }
        let last = self.visits.iter().rposition(|visit| visit.outcome.is_some());
        let fits = |visit: &Visit| visit.cell == *cell && visit.round == round;
        let index = last.filter(|index| self.visits.get(*index).is_some_and(fits));
        let index = index.ok_or(DoesNotFit::NoAct)?;
        self.visits.truncate(index + 1);
        let outcome = self.visits.last_mut().and_then(|visit| visit.outcome.take());
        if let Some(Outcome { kind: OutcomeKind::Returned { to, .. }, .. }) = outcome {
            self.turn_rounds(to.activity, cell.activity, |round| round.saturating_sub(1));
        }
        self.status = Status::Going;
        Ok(())
    }

    fn turn_rounds(&mut self, from: u16, to: u16, turn: impl Fn(u16) -> u16) {
        let rows = usize::from(from).saturating_sub(1)..usize::from(to);
        for round in self.rounds.get_mut(rows).into_iter().flatten() {
            *round = turn(*round);
        }
    }

    fn pause(&mut self, record: &Recorded, reason: &str) -> Result<(), DoesNotFit> {
        if self.paused().is_some() {
            return Err(DoesNotFit::Pause);
        }
        self.halts.push(Halt { from: record.at, until: None, reason: reason.to_owned() });
        Ok(())
    }

    fn resume(&mut self, record: &Recorded) -> Result<(), DoesNotFit> {
        let open = self.halts.last_mut().filter(|halt| halt.until.is_none());
        open.ok_or(DoesNotFit::Pause)?.until = Some(record.at);
        Ok(())
    }
}

/// When, by whom and in whose place.
pub(crate) fn stamp(record: &Recorded) -> Stamp {
    let acting = record.event.acting().cloned();
    Stamp { seq: record.seq, at: record.at, by: record.actor.clone(), acting }
}
