//! How events change a run. No rules: what is in the log has happened.

use std::collections::BTreeMap;
use std::sync::Arc;

use thiserror::Error;

use super::{Halt, Outcome, OutcomeKind, Run, Status, Visit};
use crate::id::{LaneId, RunId};
use crate::log::{Recorded, RunEvent};
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
    /// The run had begun already.
    #[error("the run had begun")]
    Begun,
}

impl Run {
    /// A run as it begins.
    pub(crate) fn begin(record: &Recorded, sop: &Sop, id: RunId, data_year: i32) -> Self {
        let visits = sop.first().map(|cell| Visit { cell, round: 1, since: record.at, outcome: None });
        Self {
            id,
            sop: sop.key.clone(),
            data_year,
            started: record.stamp(),
            status: Status::Going,
            visits: visits.into_iter().collect(),
            rounds: vec![1; sop.activities.len()],
            halts: Vec::new(),
            reports: BTreeMap::new(),
            history: vec![Arc::new(record.clone())],
        }
    }

    /// Folds one event.
    pub(crate) fn fold(&mut self, record: &Recorded, event: &RunEvent, sop: &Sop) -> Result<(), DoesNotFit> {
        if !matches!(event, RunEvent::ActTakenBack { .. }) {
            self.goes_on()?;
        }
        match event {
            RunEvent::CellFinished { cell, round, answers, recorded_by, .. } => {
                let kind = OutcomeKind::Finished(answers.clone());
                self.close(cell, *round, record, recorded_by.as_ref(), kind)?;
                self.advance(cell, record, sop);
            }
            RunEvent::CellReturned { cell, round, to, reason, recorded_by, .. } => {
                let kind = OutcomeKind::Returned { to: to.clone(), reason: reason.clone() };
                self.close(cell, *round, record, recorded_by.as_ref(), kind)?;
                self.turn_rounds(to.activity, cell.activity, |round| round.saturating_add(1));
                self.open_visit(to.clone(), record);
            }
            RunEvent::ActTakenBack { cell, round, .. } => self.take_back(cell, *round)?,
            RunEvent::RunPaused { reason, .. } => self.pause(record, reason)?,
            RunEvent::RunResumed { .. } => self.resume(record)?,
            RunEvent::RunCancelled { reason, .. } => {
                self.status = Status::Cancelled(record.stamp(), reason.clone());
            }
            RunEvent::RunStarted { .. } => return Err(DoesNotFit::Begun),
        }
        self.history.push(Arc::new(record.clone()));
        Ok(())
    }

    /// Fits if the run is not over.
    pub(crate) fn goes_on(&self) -> Result<(), DoesNotFit> {
        if self.status == Status::Going { Ok(()) } else { Err(DoesNotFit::Over) }
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
        visit.outcome = Some(Outcome { stamp: record.stamp(), recorded_by, kind });
        Ok(())
    }

    fn advance(&mut self, cell: &CellRef, record: &Recorded, sop: &Sop) {
        let ended = sop.cell(cell).is_some_and(|cell| cell.shape == Shape::End);
        match sop.next(cell).filter(|_| !ended) {
            Some(next) => self.open_visit(next, record),
            None => self.status = Status::Finished(record.stamp()),
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
