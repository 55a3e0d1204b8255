//! A batch in the making: commands decided one after the other on a copy of the office.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use desk::office::Accepted;
use desk::problem::Problem;
use domain::id::{AccountId, CommandId};
use domain::log::Recorded;
use domain::office::{Actor, Command, Office, decide, evolve};

use crate::store::Entry;
use crate::store::chain::ChainEnd;

/// What the next record has to follow.
#[derive(Clone)]
pub(super) struct Head {
    /// The state after the last record.
    pub(super) office: Arc<Office>,
    /// The end of the chain.
    pub(super) chain: ChainEnd,
    /// The time of the last record.
    pub(super) last_at: DateTime<Utc>,
}

/// Commands that were decided but are not durable yet.
pub(super) struct Decided {
    /// How things will stand.
    pub(super) head: Head,
    /// What is to be appended.
    pub(super) entries: Vec<Entry>,
    /// The same, for those who listen.
    pub(super) records: Vec<Arc<Recorded>>,
    decided: HashMap<CommandId, (AccountId, Accepted)>,
}

impl Decided {
    /// An empty batch after this head.
    pub(super) fn new(head: Head) -> Self {
        Self { head, entries: Vec::new(), records: Vec::new(), decided: HashMap::new() }
    }

    /// Decides one more command. `now` is the present time; records never go back in time.
    ///
    /// # Errors
    /// The refusal, or that it cannot be written.
    pub(super) fn decide(
        &mut self,
        actor: &Actor,
        id: &CommandId,
        command: Command,
        now: DateTime<Utc>,
    ) -> Result<Accepted, Problem> {
        if let Some((account, accepted)) = self.decided.get(id) {
            return repeated(actor, account, accepted);
        }
        let now = now.max(self.head.last_at);
        let before = self.head.office.seq;
        let events = decide(&self.head.office, actor, command, now)
            .map_err(|refusal| Problem::Refused { refusal, seq: before })?;
        for event in events {
            let record = Recorded {
                seq: self.head.office.seq + 1,
                at: now,
                actor: actor.account.clone(),
                command_id: id.clone(),
                event,
            };
            self.append(record, before)?;
        }
        let accepted = Accepted { first: before + 1, last: self.head.office.seq };
        self.decided.insert(id.clone(), (actor.account.clone(), accepted.clone()));
        Ok(accepted)
    }

    fn append(&mut self, record: Recorded, before: u64) -> Result<(), Problem> {
        let opens_command = record.seq == before + 1;
        let entry = self.head.chain.link(&record, opens_command).map_err(|error| {
            tracing::error!(error = &error as &dyn std::error::Error, "a record has no text");
            Problem::Unwell
        })?;
        evolve(Arc::make_mut(&mut self.head.office), &record);
        self.head.last_at = record.at;
        self.entries.push(entry);
        self.records.push(Arc::new(record));
        Ok(())
    }
}

/// The answer to a command that was carried out before: the same again, but only for the one
/// whose command it was.
pub(super) fn repeated(actor: &Actor, first: &AccountId, accepted: &Accepted) -> Result<Accepted, Problem> {
    if actor.account == *first {
        Ok(accepted.clone())
    } else {
        Err(Problem::invalid(
            "Tanda perintah ini sudah dipakai orang lain. Muat ulang halaman, lalu coba lagi.",
        ))
    }
}
