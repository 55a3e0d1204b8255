//! How events change the reports of a run. No rules: what is in the log has happened.

use std::sync::Arc;

use crate::log::{Recorded, ReportEvent};
use crate::report::{Submission, Verdict};
use crate::run::{DoesNotFit, Run};

/// Folds an event about a report of the run.
pub(in crate::office) fn fold(
    run: &mut Run,
    record: &Recorded,
    event: &ReportEvent,
) -> Result<(), DoesNotFit> {
    run.goes_on()?;
    if let ReportEvent::ReportSubmitted { agency, round, number, code, received, digest, .. } = event {
        let report = Arc::make_mut(run.reports.entry(agency.clone()).or_default());
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
    let report = Arc::make_mut(run.reports.get_mut(event.agency()).ok_or(DoesNotFit::Round)?);
    if let ReportEvent::ReviewAssigned { to, .. } = event {
        report.reviewer.clone_from(to);
        return Ok(());
    }
    let fits = |submission: &&mut Submission| Some(submission.round) == event.round();
    let submission = report.rounds.last_mut().filter(fits).ok_or(DoesNotFit::Round)?;
    let stamp = record.stamp();
    match event {
        ReportEvent::ReportJudged { judgement, .. } => {
            submission.judgement = Some((stamp, judgement.clone()));
        }
        ReportEvent::ReportReviewed { review, .. } => submission.review = Some((stamp, review.clone())),
        ReportEvent::ReportReturned { findings, .. } => {
            submission.verdict = Some((stamp, Verdict::Returned(findings.clone())));
        }
        ReportEvent::ReportAccepted { .. } => submission.verdict = Some((stamp, Verdict::Accepted)),
        ReportEvent::ReportSubmitted { .. } | ReportEvent::ReviewAssigned { .. } => {}
    }
    Ok(())
}
