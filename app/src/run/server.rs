//! What pages ask the office, and what people ask it to do.
#![expect(missing_docs, reason = "the server macro makes a field of each argument, and says so itself")]

use std::collections::BTreeMap;

use desk::office::Accepted;
use desk::problem::Problem;
use domain::id::{CommandId, RunId};
use domain::sop::{CellRef, SopKey};
use leptos::prelude::*;

/// Begins a run, and leads to its sheet.
#[server(prefix = "/api", endpoint = "start-run")]
pub async fn start_run(sop: SopKey, data_year: i32, command_id: CommandId) -> Result<RunId, Problem> {
    use crate::office::deed::submit;
    use domain::office::Command;
    let accepted = submit(command_id, Command::StartRun { sop, data_year }).await?;
    let office = crate::ui::request::ports().desk.office();
    let begun = office.runs.values().find(|run| run.started.seq == accepted.first);
    let run = begun.map(|run| run.id).ok_or_else(|| Problem::not_found("Pelaksanaan baru"))?;
    leptos_axum::redirect(&format!("/pelaksanaan/{run}"));
    Ok(run)
}

/// Finishes a cell with what it asks for, as typed.
#[server(prefix = "/api", endpoint = "finish-cell")]
pub async fn finish_cell(
    run: RunId,
    cell: CellRef,
    round: u16,
    command_id: CommandId,
    #[server(default)] isi: BTreeMap<String, String>,
) -> Result<Accepted, Problem> {
    use crate::office::deed::submit;
    use domain::office::Command;
    submit(command_id, Command::FinishCell { run, cell, round, answers: isi }).await
}

/// Sends the work back along a decision's Tidak exit.
#[server(prefix = "/api", endpoint = "return-cell")]
pub async fn return_cell(
    run: RunId,
    cell: CellRef,
    round: u16,
    command_id: CommandId,
    #[server(default)] alasan: String,
) -> Result<Accepted, Problem> {
    use crate::office::deed::submit;
    use domain::office::Command;
    submit(command_id, Command::ReturnCell { run, cell, round, reason: alasan }).await
}

/// Takes back one's own last act.
#[server(prefix = "/api", endpoint = "take-back")]
pub async fn take_back(
    run: RunId,
    cell: CellRef,
    round: u16,
    command_id: CommandId,
) -> Result<Accepted, Problem> {
    use crate::office::deed::submit;
    use domain::office::Command;
    submit(command_id, Command::TakeBack { run, cell, round }).await
}

/// Lets a run's clock stand still.
#[server(prefix = "/api", endpoint = "pause-run")]
pub async fn pause_run(
    run: RunId,
    command_id: CommandId,
    #[server(default)] alasan: String,
) -> Result<Accepted, Problem> {
    use crate::office::deed::submit;
    use domain::office::Command;
    submit(command_id, Command::PauseRun { run, reason: alasan }).await
}

/// Lets a run go on.
#[server(prefix = "/api", endpoint = "resume-run")]
pub async fn resume_run(run: RunId, command_id: CommandId) -> Result<Accepted, Problem> {
    use crate::office::deed::submit;
    use domain::office::Command;
    submit(command_id, Command::ResumeRun { run }).await
}

/// Gives a run up.
#[server(prefix = "/api", endpoint = "cancel-run")]
pub async fn cancel_run(
    run: RunId,
    command_id: CommandId,
    #[server(default)] alasan: String,
) -> Result<Accepted, Problem> {
    use crate::office::deed::submit;
    use domain::office::Command;
    submit(command_id, Command::CancelRun { run, reason: alasan }).await
}
