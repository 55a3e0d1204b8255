//! What the office's side of reports asks, and what the office does with them.
#![expect(missing_docs, reason = "the server macro makes a field of each argument, and says so itself")]

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::agency::Agency;
use domain::id::{AccountId, AgencyCode, CommandId, RunId};
#[cfg(feature = "ssr")]
use domain::office::Command;
use domain::report::Report;
#[cfg(feature = "ssr")]
use domain::report::{Judgement, review::Review};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use super::view;
use crate::account::Person;
use crate::problem::Problem;
#[cfg(feature = "ssr")]
use crate::run::server::submit;
use crate::run::{Accepted, Snapshot};
use crate::submission::{Content, DraftBrief};

/// Every report of a run, and what is only drafted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MatrixView {
    /// The run.
    pub snapshot: Snapshot,
    /// Drafts, as of now.
    pub drafts: Vec<DraftBrief>,
    /// Among whom the viewer may divide what nobody reviews yet; empty if they may not.
    pub reviewers: Vec<(AccountId, Person)>,
}

/// One agency's report, for those who judge and review it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportSheet {
    /// The run.
    pub run: RunId,
    /// The year that it is about.
    pub data_year: i32,
    /// The agency.
    pub agency: Agency,
    /// Until when it is in time.
    pub deadline: Option<DateTime<Utc>>,
    /// What was sent; no rounds: nothing yet.
    pub report: Report,
    /// The documents of the rounds, in order; `None` if one is lost.
    pub contents: Vec<Option<Content>>,
    /// What the viewer may do.
    pub may: May,
    /// Who can be its reviewer.
    pub reviewers: Vec<(AccountId, Person)>,
    /// Names of people.
    pub names: BTreeMap<AccountId, Person>,
}

/// What somebody may do with a report now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct May {
    /// Judge it.
    pub judge: bool,
    /// Fill in the review list.
    pub review: bool,
    /// Send it back.
    pub give_back: bool,
    /// Accept it.
    pub accept: bool,
    /// Say who reviews it.
    pub assign: bool,
}

/// Every report of a run.
#[server(prefix = "/api", endpoint = "matrix", input = GetUrl)]
pub async fn get_matrix(run: RunId) -> Result<MatrixView, Problem> {
    let snapshot = crate::run::server::get_sheet(run).await?;
    view::collecting(&snapshot.office, run)?;
    let drafts = crate::shell::request::ports().submissions.drafts(run).await?;
    let reviewers = view::dividers(&snapshot.office, run).await?;
    Ok(MatrixView { snapshot, drafts, reviewers })
}

/// One agency's report.
#[server(prefix = "/api", endpoint = "report-of", input = GetUrl)]
pub async fn get_report_of(run: RunId, pd: AgencyCode) -> Result<ReportSheet, Problem> {
    let caller = crate::shell::request::require_caller()?;
    view::report_of(caller.actor, run, pd).await
}

/// Says whether all that belongs in a report is there.
#[server(prefix = "/api", endpoint = "judge-report")]
pub async fn judge_report(
    run: RunId,
    pd: AgencyCode,
    round: u16,
    command_id: CommandId,
    #[server(default)] kurang: BTreeMap<String, String>,
    #[server(default)] catatan: String,
) -> Result<Accepted, Problem> {
    let judgement = Judgement { missing: kurang.into_keys().collect(), note: catatan };
    let done = submit(command_id, Command::JudgeReport { run, agency: pd.clone(), round, judgement }).await?;
    view::lead_back(run, &pd, "nilai");
    Ok(done)
}

/// Keeps the review list, as far as it is filled in.
#[server(prefix = "/api", endpoint = "review-report")]
pub async fn review_report(
    run: RunId,
    pd: AgencyCode,
    round: u16,
    command_id: CommandId,
    daftar: u16,
    #[server(default)] jawab: BTreeMap<String, String>,
    #[server(default)] catatan: String,
) -> Result<Accepted, Problem> {
    let review = Review { list: daftar, answers: view::yes_or_no(jawab)?, note: catatan };
    let done = submit(command_id, Command::ReviewReport { run, agency: pd.clone(), round, review }).await?;
    view::lead_back(run, &pd, "reviu");
    Ok(done)
}

/// Sends a report back to be improved.
#[server(prefix = "/api", endpoint = "return-report")]
pub async fn return_report(
    run: RunId,
    pd: AgencyCode,
    round: u16,
    command_id: CommandId,
    #[server(default)] temuan: BTreeMap<String, String>,
) -> Result<Accepted, Problem> {
    let findings = view::in_order(temuan);
    let done = submit(command_id, Command::ReturnReport { run, agency: pd.clone(), round, findings }).await?;
    view::lead_back(run, &pd, "kembali");
    Ok(done)
}

/// Accepts a report.
#[server(prefix = "/api", endpoint = "accept-report")]
pub async fn accept_report(
    run: RunId,
    pd: AgencyCode,
    round: u16,
    command_id: CommandId,
) -> Result<Accepted, Problem> {
    let done = submit(command_id, Command::AcceptReport { run, agency: pd.clone(), round }).await?;
    view::lead_back(run, &pd, "terima");
    Ok(done)
}

/// Says who reviews a report; an empty name: nobody in particular.
#[server(prefix = "/api", endpoint = "assign-review")]
pub async fn assign_review(
    run: RunId,
    pd: AgencyCode,
    command_id: CommandId,
    #[server(default)] penelaah: String,
) -> Result<Accepted, Problem> {
    let to = view::reviewer(run, penelaah).await?;
    let done = submit(command_id, Command::AssignReview { run, agency: pd.clone(), to }).await?;
    view::lead_back(run, &pd, "penelaah");
    Ok(done)
}

/// Divides the reports that nobody reviews yet evenly among people.
#[server(prefix = "/api", endpoint = "divide-reviews")]
pub async fn divide_reviews(
    run: RunId,
    command_id: CommandId,
    #[server(default)] penelaah: BTreeMap<String, String>,
) -> Result<Accepted, Problem> {
    let mut done = None;
    for (n, (agency, to)) in view::divided(run, penelaah).await?.into_iter().enumerate() {
        let id = CommandId(format!("{command_id}-{n}"));
        let one = submit(id, Command::AssignReview { run, agency, to: Some(to) }).await?;
        let first = done.map_or(one.first, |done: Accepted| done.first);
        done = Some(Accepted { first, ..one });
    }
    leptos_axum::redirect(&format!("/pelaksanaan/{run}/lkj?sudah=bagi"));
    done.ok_or_else(|| Problem::invalid("Tidak ada LKj terkirim yang belum punya penelaah."))
}
