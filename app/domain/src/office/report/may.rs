//! Who may do what with the reports of a run: asked by the rules, and by whatever offers or
//! receives what is not a command (drafts, files, links).

use chrono::{DateTime, Utc};

use crate::id::{AgencyCode, RunId};
use crate::office::{Actor, Office, Refusal};
use crate::report::ReportState;
use crate::run::{Run, Status};
use crate::sop::Sop;

/// Whether an agency may write its report: the run goes on, and the report is not with the
/// office. A pause keeps no agency from it.
///
/// # Errors
/// The [`Refusal`] with which the rules refuse a report that is sent.
pub fn may_write<'a>(office: &'a Office, id: RunId, agency: &AgencyCode) -> Result<&'a Run, Refusal> {
    if !office.agencies.contains_key(agency) {
        return Err(Refusal::NoSuchAgency);
    }
    let (run, _) = collecting(office, id)?;
    let report = run.reports.get(agency);
    if ReportState::is_with_agency(report.and_then(|report| report.state())) {
        return Ok(run);
    }
    let number = report.and_then(|report| report.last()).map(|last| last.receipt(run.data_year));
    Err(Refusal::AlreadySent { number: number.unwrap_or_default() })
}

/// Whether an actor may make and revoke the links by which agencies come to their pages: whoever
/// judges the reports of the run, and administrators.
///
/// # Errors
/// [`Refusal::NoSuchRun`], [`Refusal::NoReports`] or [`Refusal::NotAllowed`].
pub fn may_make_links(office: &Office, actor: &Actor, id: RunId, now: DateTime<Utc>) -> Result<(), Refusal> {
    let (_, sop) = office.run(id).ok_or(Refusal::NoSuchRun { run: id })?;
    if !sop.collects_reports() {
        return Err(Refusal::NoReports);
    }
    let judges = office.rights(actor, now).any(sop.judges()).is_some();
    let who = "pelaksana SOP ini dan administrator".to_owned();
    if actor.admin || judges { Ok(()) } else { Err(Refusal::NotAllowed { who }) }
}

/// A run that goes on and collects reports.
pub(super) fn collecting(office: &Office, id: RunId) -> Result<(&Run, &Sop), Refusal> {
    let (run, sop) = office.run(id).ok_or(Refusal::NoSuchRun { run: id })?;
    if !sop.collects_reports() {
        return Err(Refusal::NoReports);
    }
    if run.status == Status::Going { Ok((run, sop)) } else { Err(Refusal::Over) }
}
