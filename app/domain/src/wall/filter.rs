//! The office as a display may know it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::id::AccountId;
use crate::log::Stamp;
use crate::office::Office;
use crate::report::{Digest, Judgement, Report, Submission, Verdict};
use crate::run::{Halt, Outcome, OutcomeKind, Run, Status, Visit};
use crate::sop::{Answers, Identity, Sop};

impl Office {
    /// The office without people, and without what they wrote, attached or decided in
    /// words: what folding the log as [`crate::audience::Audience::Wall`] sees it gives, but
    /// for the histories, which are left out.
    pub fn for_wall(&self) -> Self {
        Self {
            seq: self.seq,
            sops: self.sops.iter().map(|(key, sop)| (key.clone(), Arc::new(sop.for_wall()))).collect(),
            calendar: self.calendar.without_words(),
            calendar_since: self.calendar_since,
            agencies: self.agencies.clone(),
            runs: self.runs.iter().map(|(id, run)| (*id, Arc::new(run.for_wall()))).collect(),
            substitutes: BTreeMap::new(),
            calendar_history: Vec::new(),
        }
    }

    /// Lets go of the histories, which a display does not show, and which would grow for as
    /// long as it is on.
    pub fn forget_histories(&mut self) {
        for run in self.runs.values_mut().filter(|run| !run.history.is_empty()) {
            Arc::make_mut(run).history = Vec::new();
        }
    }
}

impl Sop {
    /// The procedure without its identity block, which names who approved it.
    pub(crate) fn for_wall(&self) -> Self {
        Self { identity: Identity::default(), ..self.clone() }
    }
}

impl Run {
    fn for_wall(&self) -> Self {
        let reports = self.reports.iter();
        Self {
            id: self.id,
            sop: self.sop.clone(),
            data_year: self.data_year,
            started: without_name(&self.started),
            status: match &self.status {
                Status::Going => Status::Going,
                Status::Finished(stamp) => Status::Finished(without_name(stamp)),
                Status::Cancelled(stamp, _) => Status::Cancelled(without_name(stamp), String::new()),
            },
            visits: self.visits.iter().map(visit).collect(),
            rounds: self.rounds.clone(),
            halts: self.halts.iter().map(|halt| Halt { reason: String::new(), ..halt.clone() }).collect(),
            reports: reports.map(|(code, report)| (code.clone(), Arc::new(report.for_wall()))).collect(),
            history: Vec::new(),
        }
    }
}

impl Report {
    fn for_wall(&self) -> Self {
        Self { rounds: self.rounds.iter().map(submission).collect(), reviewer: None }
    }
}

fn visit(visit: &Visit) -> Visit {
    let outcome = visit.outcome.as_ref().map(|outcome| Outcome {
        stamp: without_name(&outcome.stamp),
        recorded_by: outcome.recorded_by.clone(),
        kind: match &outcome.kind {
            OutcomeKind::Finished(_) => OutcomeKind::Finished(Answers::default()),
            OutcomeKind::Returned { to, .. } => {
                OutcomeKind::Returned { to: to.clone(), reason: String::new() }
            }
        },
    });
    Visit { cell: visit.cell.clone(), round: visit.round, since: visit.since, outcome }
}

fn submission(submission: &Submission) -> Submission {
    Submission {
        round: submission.round,
        number: 0,
        code: String::new(),
        received: submission.received,
        by: nobody(),
        digest: Digest::default(),
        judgement: submission.judgement.as_ref().map(|(at, _)| (without_name(at), Judgement::default())),
        review: None,
        verdict: submission.verdict.as_ref().map(|(at, verdict)| {
            let verdict = match verdict {
                Verdict::Returned(_) => Verdict::Returned(Vec::new()),
                Verdict::Accepted => Verdict::Accepted,
            };
            (without_name(at), verdict)
        }),
    }
}

fn without_name(stamp: &Stamp) -> Stamp {
    Stamp { by: nobody(), ..stamp.clone() }
}

fn nobody() -> AccountId {
    AccountId::from("")
}
