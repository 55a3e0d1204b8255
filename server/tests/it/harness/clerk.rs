//! Somebody who works in the test office, and the commands of its small procedure.

use std::sync::atomic::{AtomicU64, Ordering};

use desk::office::{Accepted, Desk};
use desk::problem::Problem;
use domain::id::{AccountId, CommandId, RunId};
use domain::office::{Actor, Command};
use domain::sop::{CellRef, Sop};
use services::office::OfficeService;

/// The run that every test office has.
const RUN: RunId = RunId(1);

/// A person with an account and lanes.
#[derive(Clone)]
pub(crate) struct Clerk(pub(crate) Actor);

impl Clerk {
    /// Somebody in the lane STAF.
    pub(crate) fn staff(account: &str) -> Self {
        Self(Actor {
            account: AccountId::from(account),
            lanes: ["staf".into()].into(),
            admin: false,
            agency: None,
        })
    }

    /// The head, who decides.
    pub(crate) fn head() -> Self {
        Self(Actor {
            account: AccountId::from("kepala"),
            lanes: ["kepala".into()].into(),
            admin: false,
            agency: None,
        })
    }

    /// Hands in a command under an id that nobody has used.
    pub(crate) async fn submit(&self, office: &OfficeService, command: Command) -> Result<Accepted, Problem> {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        self.submit_as(office, &format!("uji-{}-{id}", std::process::id()), command).await
    }

    /// Hands in a command under this id.
    pub(crate) async fn submit_as(
        &self,
        office: &OfficeService,
        id: &str,
        command: Command,
    ) -> Result<Accepted, Problem> {
        office.submit(self.0.clone(), CommandId::from(id), command).await
    }
}

/// The procedure that every test office works by: Mulai; a letter by STAF, decided by KEPALA
/// (Tidak: back to STAF); Selesai.
pub(crate) fn procedure() -> Sop {
    serde_json::from_str(include_str!("../fixtures/uji.json")).unwrap()
}

/// Finish a cell of the run in its round.
pub(crate) fn finish(cell: &str, round: u16) -> Command {
    Command::FinishCell { run: RUN, cell: at(cell), round, answers: Default::default() }
}

/// Answer a cell Tidak.
pub(crate) fn return_cell(cell: &str, round: u16) -> Command {
    Command::ReturnCell { run: RUN, cell: at(cell), round, reason: "Belum lengkap.".to_owned() }
}

/// Take back what one did in a cell.
pub(crate) fn take_back(cell: &str, round: u16) -> Command {
    Command::TakeBack { run: RUN, cell: at(cell), round }
}

fn at(cell: &str) -> CellRef {
    cell.to_owned().try_into().unwrap()
}
