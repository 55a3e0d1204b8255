//! What the office's side of reports asks, and what the office does with them.
#![expect(missing_docs, reason = "the server macro makes a field of each argument, and says so itself")]

use std::collections::BTreeMap;

use desk::office::Accepted;
use desk::problem::Problem;
use domain::id::{AgencyCode, CommandId, RunId};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use super::model::{MatrixView, ReportSheet};

/// Every report of a run.
#[server(prefix = "/api", endpoint = "matrix", input = GetUrl)]
pub async fn get_matrix(run: RunId) -> Result<MatrixView, Problem> {
    let snapshot = crate::office::server::get_sheet(run).await?;
    super::make::collecting(&snapshot.office, run)?;
    let drafts = crate::ui::request::ports().submissions.drafts(run).await?;
    let reviewers = super::make::dividers(&snapshot.office, run).await?;
    Ok(MatrixView { snapshot, drafts, reviewers })
}

/// One agency's report.
#[server(prefix = "/api", endpoint = "report-of", input = GetUrl)]
pub async fn get_report_of(run: RunId, pd: AgencyCode) -> Result<ReportSheet, Problem> {
    let caller = crate::ui::request::require_caller()?;
    super::make::report_of(caller.actor, run, pd).await
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
    use crate::office::deed::submit;
    use domain::office::Command;
    use domain::report::Judgement;
    let judgement = Judgement { missing: kurang.into_keys().collect(), note: catatan };
    let done = submit(command_id, Command::JudgeReport { run, agency: pd.clone(), round, judgement }).await?;
    super::make::lead_back(run, &pd, "nilai");
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
    use crate::office::deed::submit;
    use domain::office::Command;
    use domain::report::review::Review;
    crate::ui::request::require_caller()?;
    let review = Review { list: daftar, answers: super::make::yes_or_no(jawab)?, note: catatan };
    let done = submit(command_id, Command::ReviewReport { run, agency: pd.clone(), round, review }).await?;
    super::make::lead_back(run, &pd, "reviu");
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
    use crate::office::deed::submit;
    use domain::office::Command;
    let findings = super::make::in_order(temuan);
    let done = submit(command_id, Command::ReturnReport { run, agency: pd.clone(), round, findings }).await?;
    super::make::lead_back(run, &pd, "kembali");
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
    use crate::office::deed::submit;
    use domain::office::Command;
    let done = submit(command_id, Command::AcceptReport { run, agency: pd.clone(), round }).await?;
    super::make::lead_back(run, &pd, "terima");
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
    use crate::office::deed::submit;
    use domain::office::Command;
    let to = super::make::reviewer(run, penelaah).await?;
    let done = submit(command_id, Command::AssignReview { run, agency: pd.clone(), to }).await?;
    super::make::lead_back(run, &pd, "penelaah");
    Ok(done)
}

/// Divides the reports that nobody reviews yet evenly among people.
#[server(prefix = "/api", endpoint = "divide-reviews")]
pub async fn divide_reviews(
    run: RunId,
    command_id: CommandId,
    #[server(default)] penelaah: BTreeMap<String, String>,
) -> Result<Accepted, Problem> {
    use crate::office::deed::submit;
    use domain::office::Command;
    let mut done = None;
    for (n, (agency, to)) in super::make::divided(run, penelaah).await?.into_iter().enumerate() {
        let id = CommandId(format!("{command_id}-{n}"));
        let one = submit(id, Command::AssignReview { run, agency, to: Some(to) }).await?;
        let first = done.map_or(one.first, |done: Accepted| done.first);
        done = Some(Accepted { first, ..one });
    }
    leptos_axum::redirect(&format!("/pelaksanaan/{run}/lkj?sudah=bagi"));
    done.ok_or_else(|| Problem::invalid("Tidak ada LKj terkirim yang belum punya penelaah."))
}
