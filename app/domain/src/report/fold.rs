//! How events change the reports of a run. No rules: what is in the log has happened.

use std::sync::Arc;

use super::{Submission, Verdict};
use crate::office::{Event, Recorded};
use crate::run::{DoesNotFit, Run, stamp};

impl Run {
    /// Folds an event about a report.
    pub(crate) fn fold_report(&mut self, record: &Recorded) -> Result<(), DoesNotFit> {
        let Some(agency) = record.event.agency() else { return Err(DoesNotFit::NotAboutRun) };
        let stamp = || stamp(record);
        if let Event::ReportSubmitted { round, number, code, received, digest, .. } = &record.event {
            let report = Arc::make_mut(self.reports.entry(agency.clone()).or_default());
            if usize::from(*round) != report.rounds.len() + 1 {
                return Err(DoesNotFit::Round);
            }
            report.rounds.push(Submission {
                round: *round,
                number: *number,
                code: code.clone(),
                received: *received,
                by: record.actor.clone(),
                digest: digest.as_ref().clone(),
                judgement: None,
                review: None,
                verdict: None,
            });
            return Ok(());
        }
        let report = Arc::make_mut(self.reports.get_mut(agency).ok_or(DoesNotFit::Round)?);
        if let Event::ReviewAssigned { to, .. } = &record.event {
            report.reviewer.clone_from(to);
            return Ok(());
        }
        let fits = |submission: &&mut Submission| Some(submission.round) == record.event.report_round();
        let submission = report.rounds.last_mut().filter(fits).ok_or(DoesNotFit::Round)?;
        match &record.event {
            Event::ReportJudged { judgement, .. } => {
                submission.judgement = Some((stamp(), judgement.clone()));
            }
            Event::ReportReviewed { review, .. } => submission.review = Some((stamp(), review.clone())),
            Event::ReportReturned { findings, .. } => {
                submission.verdict = Some((stamp(), Verdict::Returned(findings.clone())));
            }
            Event::ReportAccepted { .. } => submission.verdict = Some((stamp(), Verdict::Accepted)),
            _ => return Err(DoesNotFit::NotAboutRun),
        }
        Ok(())
    }
}
