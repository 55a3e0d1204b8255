//! What the agencies' pages show, made on the server.

use chrono::{DateTime, Utc};
use desk::problem::Problem;
use desk::report::{AgencyCaller, Draft, Saved};
use domain::achievement::{Row, paste};
use domain::calendar::{DAY_MINUTES, words};
use domain::id::{AgencyCode, RunId};
use domain::office::Office;
use domain::run::Status;

use super::model::{AgencyHomeView, Duty, ReportView};
use crate::ui::request::{ports, require_agency};

/// The agency that is here, if this run is open to it.
pub(super) fn admitted(run: RunId) -> Result<AgencyCaller, Problem> {
    let caller = require_agency()?;
    if caller.run.is_none_or(|only| only == run) { Ok(caller) } else { Err(nothing_here()) }
}

fn nothing_here() -> Problem {
    Problem::not_found("Pengumpulan LKj ini")
}

/// The runs that are open to an agency, the newest first.
fn runs<'a>(office: &'a Office, caller: &'a AgencyCaller) -> impl Iterator<Item = RunId> + 'a {
    office.runs.keys().rev().copied().filter(move |id| {
        let collects = office
            .run(*id)
            .is_some_and(|(run, sop)| sop.collects_reports() && !matches!(run.status, Status::Cancelled(..)));
        collects && caller.run.is_none_or(|only| only == *id)
    })
}

pub(super) fn home(office: &Office, caller: &AgencyCaller) -> Result<AgencyHomeView, Problem> {
    let agency = office.agencies.get(&caller.agency).cloned().ok_or_else(nothing_here)?;
    let duty = |id: RunId| {
        let (run, sop) = office.run(id)?;
        let state = run.reports.get(&caller.agency).and_then(|report| report.state());
        Some(Duty { data_year: run.data_year, state, deadline: sop.report_deadline(run.data_year) })
    };
    Ok(AgencyHomeView { agency, duties: runs(office, caller).filter_map(duty).collect() })
}

pub(super) fn run_about(office: &Office, caller: &AgencyCaller, data_year: i32) -> Result<RunId, Problem> {
    let about = |id: &RunId| office.runs.get(id).is_some_and(|run| run.data_year == data_year);
    runs(office, caller).find(about).ok_or_else(nothing_here)
}

pub(super) fn report(
    office: &Office,
    caller: &AgencyCaller,
    id: RunId,
    draft: Draft,
    now: DateTime<Utc>,
) -> Result<ReportView, Problem> {
    let (run, sop) = office.run(id).ok_or_else(nothing_here)?;
    let agency = office.agencies.get(&caller.agency).cloned().ok_or_else(nothing_here)?;
    let deadline = sop.report_deadline(run.data_year);
    let left = deadline.filter(|deadline| *deadline > now).and_then(|deadline| {
        let minutes = office.calendar.working_between(now, deadline).ok()?;
        Some(words::remaining(minutes, DAY_MINUTES))
    });
    Ok(ReportView {
        run: id,
        agency,
        data_year: run.data_year,
        deadline,
        now,
        left: left.unwrap_or_default(),
        draft,
        report: run.reports.get(&caller.agency).map(|report| report.as_ref().clone()).unwrap_or_default(),
        going: run.status == Status::Going,
        sizes: ports().submissions.sizes(),
    })
}

/// For a page that cannot show a choice, what another device has changed is a refusal: what
/// was typed is shown again, and nothing is overwritten.
pub(super) fn unless_changed(saved: Saved, page: bool) -> Result<Saved, Problem> {
    match saved {
        Saved::Changed(_) if !page => Err(Problem::invalid(
            "Bagian ini baru saja diubah di perangkat lain. Yang Anda ketik masih ada di bawah; salin bila perlu, \
             muat ulang halaman, lalu simpan lagi.",
        )),
        saved => Ok(saved),
    }
}

/// Rows that were pasted from a spreadsheet, for the year of the run.
pub(super) fn pasted(run: RunId, text: &str) -> Result<Vec<Row>, Problem> {
    let year = ports().desk.office().runs.get(&run).map_or(0, |run| run.data_year);
    paste::parse(text, year).map_err(|fault| Problem::invalid(fault.to_string()))
}

/// Appends rows to the table as it is now.
pub(super) async fn append(run: RunId, more: Vec<Row>) -> Result<Saved, Problem> {
    let (caller, ports) = (admitted(run)?, ports());
    let draft = ports.submissions.draft(run, caller.agency.clone()).await?;
    let rows = draft.rows.into_iter().chain(more).collect();
    let saved = ports.submissions.save_rows(run, caller.agency, draft.rows_version.into(), rows).await?;
    unless_changed(saved, false)
}

pub(super) fn lead_to_receipt(office: &Office, run: RunId, agency: &AgencyCode) {
    let found = office.runs.get(&run);
    let round = found.and_then(|run| run.reports.get(agency)).map_or(1, |report| report.rounds.len());
    let year = found.map_or(0, |run| run.data_year);
    leptos_axum::redirect(&format!("/pd/lkj/{year}/tanda-terima/{round}"));
}
