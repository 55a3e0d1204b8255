//! What pages ask the office, and what people ask it to do.
#![expect(missing_docs, reason = "the server macro makes a field of each argument, and says so itself")]

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::id::{AccountId, CommandId, RunId};
use domain::office::{Command, Office};
use domain::sop::{CellRef, SopKey};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};

use super::Accepted;
use crate::account::{Caller, Person};
use crate::problem::Problem;

/// A part of the office for a page, as of one moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The part.
    pub office: Office,
    /// When.
    pub now: DateTime<Utc>,
    /// Who looks.
    pub caller: Caller,
    /// Names of people, for the history.
    pub names: BTreeMap<AccountId, Person>,
}

impl Snapshot {
    /// How many cells of this part wait for the viewer.
    pub(crate) fn waiting(&self) -> usize {
        cells_waiting(&domain::office::possible(&self.office, &self.caller.actor, self.now))
    }
}

/// How many cells wait for whoever may give these commands.
pub(crate) fn cells_waiting(commands: &[Command]) -> usize {
    commands.iter().filter(|command| matches!(command, Command::FinishCell { .. })).count()
}

/// One run: its sheet and history.
#[server(prefix = "/api", endpoint = "sheet", input = GetUrl)]
pub async fn get_sheet(run: RunId) -> Result<Snapshot, Problem> {
    use crate::shell::request::{ports, require_caller};
    let (caller, ports) = (require_caller()?, ports());
    let office = ports.desk.office().only_run(run);
    if office.runs.is_empty() {
        return Err(Problem::not_found(format!("Pelaksanaan nomor {run}")));
    }
    Ok(Snapshot { office, now: ports.desk.now(), caller, names: ports.people.names().as_ref().clone() })
}

/// All runs and procedures, without histories.
#[server(prefix = "/api", endpoint = "overview", input = GetUrl)]
pub async fn get_overview() -> Result<Snapshot, Problem> {
    use crate::shell::request::{ports, require_caller};
    let (caller, ports) = (require_caller()?, ports());
    let office = ports.desk.office().overview();
    Ok(Snapshot { office, now: ports.desk.now(), caller, names: BTreeMap::new() })
}

/// Begins a run, and leads to its sheet.
#[server(prefix = "/api", endpoint = "start-run")]
pub async fn start_run(sop: SopKey, data_year: i32, command_id: CommandId) -> Result<RunId, Problem> {
    let accepted = submit(command_id, Command::StartRun { sop, data_year }).await?;
    let office = crate::shell::request::ports().desk.office();
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
    submit(command_id, Command::TakeBack { run, cell, round }).await
}

/// Lets a run's clock stand still.
#[server(prefix = "/api", endpoint = "pause-run")]
pub async fn pause_run(
    run: RunId,
    command_id: CommandId,
    #[server(default)] alasan: String,
) -> Result<Accepted, Problem> {
    submit(command_id, Command::PauseRun { run, reason: alasan }).await
}

/// Lets a run go on.
#[server(prefix = "/api", endpoint = "resume-run")]
pub async fn resume_run(run: RunId, command_id: CommandId) -> Result<Accepted, Problem> {
    submit(command_id, Command::ResumeRun { run }).await
}

/// Gives a run up.
#[server(prefix = "/api", endpoint = "cancel-run")]
pub async fn cancel_run(
    run: RunId,
    command_id: CommandId,
    #[server(default)] alasan: String,
) -> Result<Accepted, Problem> {
    submit(command_id, Command::CancelRun { run, reason: alasan }).await
}

/// Hands a command of the person who is signed in to the office.
#[cfg(feature = "ssr")]
pub(crate) async fn submit(id: CommandId, command: Command) -> Result<Accepted, Problem> {
    use crate::shell::request::{ports, require_caller};
    let actor = require_caller()?.actor;
    ports().desk.submit(actor, id, command).await
}
