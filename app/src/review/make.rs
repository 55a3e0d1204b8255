//! What the office's pages about reports show, made on the server.

use std::collections::BTreeMap;

use desk::account::Person;
use desk::problem::Problem;
use domain::id::{AccountId, AgencyCode, RunId};
use domain::office::{Actor, Command, Office, possible};
use domain::report::parts::PARTS;
use domain::report::{Finding, Report, divide};
use domain::run::Run;
use domain::sop::Sop;

use super::model::{May, Part, Recap, ReportSheet};
use crate::ui::request::{ports, require_caller};

/// A run that collects reports.
pub(super) fn collecting(office: &Office, id: RunId) -> Result<(&Run, &Sop), Problem> {
    let found = office.run(id).filter(|(_, sop)| sop.collects_reports());
    found.ok_or_else(|| Problem::not_found("Pengumpulan LKj ini"))
}

/// One agency's report with its documents.
pub(super) async fn report_of(actor: Actor, id: RunId, code: AgencyCode) -> Result<ReportSheet, Problem> {
    let ports = ports();
    let office = ports.desk.office();
    let (run, sop) = collecting(&office, id)?;
    let report = run.reports.get(&code).map_or_else(Report::default, |report| report.as_ref().clone());
    let agency = office.agencies.get(&code).cloned();
    let mut contents = Vec::new();
    for round in &report.rounds {
        contents.push(ports.submissions.content(round.digest.content.clone()).await?);
    }
    // A closed agency is called as it was when it sent its report.
    let sent = || contents.iter().flatten().next_back().map(|content| content.agency.clone());
    let agency = agency.or_else(sent).ok_or_else(|| Problem::not_found("PD ini"))?;
    Ok(ReportSheet {
        run: id,
        data_year: run.data_year,
        deadline: sop.report_deadline(run.data_year),
        may: may(&office, &actor, id, &code),
        reviewers: reviewers(sop).await?,
        names: ports.people.names().as_ref().clone(),
        agency,
        report,
        contents,
    })
}

fn may(office: &Office, actor: &Actor, id: RunId, code: &AgencyCode) -> May {
    let mut may = May::default();
    for command in possible(office, actor, ports().desk.now()) {
        let here = |run: RunId, agency: &AgencyCode| run == id && agency == code;
        match &command {
            Command::JudgeReport { run, agency, .. } => may.judge |= here(*run, agency),
            Command::ReviewReport { run, agency, .. } => may.review |= here(*run, agency),
            Command::ReturnReport { run, agency, .. } => may.give_back |= here(*run, agency),
            Command::AcceptReport { run, agency, .. } => may.accept |= here(*run, agency),
            Command::AssignReview { run, agency, .. } => may.assign |= here(*run, agency),
            _ => {}
        }
    }
    may
}

/// The accounts that judge or review reports under a procedure.
async fn reviewers(sop: &Sop) -> Result<Vec<(AccountId, Person)>, Problem> {
    let accounts = ports().people.list().await?;
    let able = accounts.into_iter().filter(|account| {
        account.active && sop.judges().into_iter().any(|lane| account.lanes.contains(lane))
    });
    Ok(able.map(|account| (account.id, account.person)).collect())
}

/// The account that is to review a report.
pub(super) async fn reviewer(id: RunId, wanted: String) -> Result<Option<AccountId>, Problem> {
    require_caller()?;
    if wanted.is_empty() {
        return Ok(None);
    }
    let office = ports().desk.office();
    let (_, sop) = collecting(&office, id)?;
    let able = reviewers(sop).await?;
    let found = able.into_iter().map(|(account, _)| account).find(|account| account.0 == wanted);
    found.map(Some).ok_or_else(|| Problem::invalid("Akun itu tidak dapat menjadi penelaah LKj."))
}

/// Among whom the viewer may divide reports; nobody if they may not.
pub(super) async fn dividers(office: &Office, id: RunId) -> Result<Vec<(AccountId, Person)>, Problem> {
    let (_, sop) = collecting(office, id)?;
    let may = judges(office, &require_caller()?.actor, sop);
    if may { reviewers(sop).await } else { Ok(Vec::new()) }
}

/// Whether somebody judges reports, by their lanes or in another's place.
fn judges(office: &Office, actor: &Actor, sop: &Sop) -> bool {
    office.rights(actor, ports().desk.now()).any(sop.judges()).is_some()
}

/// Who gets which of the reports that nobody reviews yet.
pub(super) async fn divided(
    id: RunId,
    among: BTreeMap<String, String>,
) -> Result<Vec<(AgencyCode, AccountId)>, Problem> {
    let caller = require_caller()?;
    let office = ports().desk.office();
    let (run, sop) = collecting(&office, id)?;
    if !judges(&office, &caller.actor, sop) {
        return Err(Problem::Forbidden { who: "pelaksana yang menilai LKj".to_owned() });
    }
    let able = reviewers(sop).await?.into_iter().map(|(account, _)| account);
    let among: Vec<_> = able.filter(|account| among.contains_key(account.as_str())).collect();
    if among.is_empty() {
        return Err(Problem::invalid("Pilih paling sedikit satu penelaah."));
    }
    Ok(divide::divide(divide::waiting(run), &among, divide::load(run)))
}

/// The answers of the review list; an item that is not answered is left out.
pub(super) fn yes_or_no(typed: BTreeMap<String, String>) -> Result<BTreeMap<String, bool>, Problem> {
    let read = |(key, answer): (String, String)| match answer.as_str() {
        "ya" => Ok((key, true)),
        "tidak" => Ok((key, false)),
        _ => Err(Problem::invalid(format!("Jawaban untuk {key} harus Ya atau Tidak."))),
    };
    typed.into_iter().filter(|(_, answer)| !answer.is_empty()).map(read).collect()
}

/// What was found, in the order of the report rather than of the alphabet.
pub(super) fn in_order(typed: BTreeMap<String, String>) -> Vec<Finding> {
    let rank = |place: &str| match place.strip_prefix("baris.").and_then(|row| row.parse::<usize>().ok()) {
        Some(row) => (1, row),
        None if place == "umum" => (0, 0),
        None => (2, PARTS.iter().position(|part| part.key == place).unwrap_or(PARTS.len())),
    };
    let mut findings: Vec<_> = typed.into_iter().map(|(place, text)| Finding { place, text }).collect();
    findings.sort_by_key(|finding| rank(&finding.place));
    findings
}

/// Leads back to a report's page, which says what was done.
pub(super) fn lead_back(run: RunId, agency: &AgencyCode, done: &str) {
    leptos_axum::redirect(&format!("/pelaksanaan/{run}/lkj/{agency}?sudah={done}"));
}

/// The achievement of every agency that has sent its report.
pub(super) fn recap(office: &Office, id: RunId) -> Result<Recap, Problem> {
    let (run, _) = collecting(office, id)?;
    let before = |code: &AgencyCode| {
        let earlier = office.runs.values().rev().filter(|other| other.data_year == run.data_year - 1);
        earlier.filter_map(|other| other.reports.get(code)?.last()?.digest.average).next()
    };
    let part = |(code, report): (&AgencyCode, &std::sync::Arc<Report>)| {
        let digest = &report.last()?.digest;
        Some(Part {
            short: office.agencies.get(code).map_or_else(|| code.0.clone(), |agency| agency.short.clone()),
            rows: digest.rows,
            measured: digest.measured,
            average: digest.average,
            categories: digest.categories,
            last: before(code),
        })
    };
    let mut parts: Vec<_> = run.reports.iter().filter_map(part).collect();
    parts.sort_by_key(|part| part.short.to_lowercase());
    Ok(Recap { run: id, data_year: run.data_year, agencies: office.agencies.len(), parts })
}
