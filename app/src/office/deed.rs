//! How a command is handed to the office, and what the trail says of it.

use desk::office::Accepted;
use desk::problem::Problem;
use desk::trail::Kind;
use domain::id::CommandId;
use domain::office::Command;

use crate::ui::request::{act, ports, require_caller};

/// Hands a command of the person who is signed in to the office.
pub(crate) async fn submit(id: CommandId, command: Command) -> Result<Accepted, Problem> {
    let actor = require_caller()?.actor;
    let Some((kind, whom)) = deed(&command) else { return ports().desk.submit(actor, id, command).await };
    let desk = ports().desk;
    let told = |done: &Accepted| (whom, format!("riwayat kantor, catatan {}", done.first));
    act(kind, told, desk.submit(actor, id, command)).await
}

/// What an administrator does with a command, for the trail. What is done in a run is not in it: the
/// log of the office says it better.
fn deed(command: &Command) -> Option<(Kind, String)> {
    match command {
        Command::PublishSop { sop } => Some((Kind::SopPublished, sop.key.to_string())),
        Command::ListAgencies { agencies } => Some((Kind::AgenciesChanged, format!("{} PD", agencies.len()))),
        Command::DecreeYear { year, .. } => Some((Kind::CalendarChanged, year.to_string())),
        Command::ChangeDaysOff { .. }
        | Command::SetHours { .. }
        | Command::AddSpecialHours { .. }
        | Command::RemoveSpecialHours { .. } => Some((Kind::CalendarChanged, String::new())),
        Command::NameSubstitute { account, .. } => Some((Kind::SubstituteChanged, account.to_string())),
        Command::EndSubstitute { substitute } => {
            Some((Kind::SubstituteChanged, format!("nomor {substitute}")))
        }
        Command::StartRun { .. }
        | Command::FinishCell { .. }
        | Command::ReturnCell { .. }
        | Command::TakeBack { .. }
        | Command::PauseRun { .. }
        | Command::ResumeRun { .. }
        | Command::CancelRun { .. }
        | Command::SubmitReport { .. }
        | Command::JudgeReport { .. }
        | Command::ReviewReport { .. }
        | Command::ReturnReport { .. }
        | Command::AcceptReport { .. }
        | Command::AssignReview { .. } => None,
    }
}
