//! An office with a long past: written straight into the database, decided by the rules, in a
//! process of its own so that the folder is free when it ends.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{DateTime, Datelike, Utc};
use domain::id::{CommandId, RunId};
use domain::log::Recorded;
use domain::office::{Actor, Command, Office, decide, evolve};
use domain::sop::Sop;
use services::clock::Clock;
use services::founding::shipped_sops;
use services::store::Entry;
use services::store::Store;
use services::store::chain::ChainEnd;

use crate::Outcome;

/// Tells this program to write.
pub(crate) const ARGUMENT: &str = "--write-history";

/// How long the log becomes, in records.
pub(crate) const RECORDS: u64 = 100_000;
/// How many acts there are in a run before it is given up.
const ACTS: usize = 30;
const BATCH: usize = 1000;

/// Writes on in a practice office that nobody has open.
pub(crate) async fn write(data: &Path) -> Outcome {
    let store = Store::open(&format!("surrealkv://{}?sync=every", data.join("db").display())).await?;
    let sop = shipped_sops()?.into_iter().next().ok_or("no procedure is shipped")?;
    let mut pen = Pen::at_the_end(&store, sop).await?;
    while pen.office.seq < RECORDS {
        pen.run()?;
        if pen.entries.len() >= BATCH || pen.office.seq >= RECORDS {
            store.append(&std::mem::take(&mut pen.entries)).await?;
        }
    }
    Ok(())
}

struct Pen {
    office: Office,
    end: ChainEnd,
    entries: Vec<Entry>,
    sop: Sop,
    /// Somebody with every role.
    actor: Actor,
    now: DateTime<Utc>,
}

impl Pen {
    async fn at_the_end(store: &Store, sop: Sop) -> Outcome<Self> {
        let (mut office, mut end) = (Office::default(), ChainEnd::default());
        for entry in store.entries_after(0, Entry::PAGE).await? {
            evolve(&mut office, &end.follow(&entry)?);
        }
        let lanes = sop.lanes.iter().map(|lane| lane.id.clone()).collect();
        let actor = Actor { account: "staf".into(), lanes, admin: false, agency: None };
        Ok(Self { office, end, entries: Vec::new(), sop, actor, now: Clock::system().now() })
    }

    /// One run: finished cell by cell, sent back wherever that is possible, given up in the end.
    fn run(&mut self) -> Outcome {
        let key = &self.sop.key;
        let start = |data_year| Command::StartRun { sop: key.clone(), data_year };
        // The practice run is about one of these years.
        let years = [self.now.year() - 1, self.now.year()];
        let fits = |start: &Command| decide(&self.office, &self.actor, start.clone(), self.now).is_ok();
        let start = years.into_iter().map(start).find(fits).ok_or("no year is free for a run")?;
        self.act(start)?;
        let run = *self.office.runs.keys().next_back().ok_or("no run")?;
        for _ in 0..ACTS {
            match self.next(run) {
                Some(next) if self.office.seq < RECORDS => self.act(next)?,
                _ => return Ok(()),
            }
        }
        self.act(Command::CancelRun { run, reason: "Pengukuran.".to_owned() })
    }

    fn next(&self, run: RunId) -> Option<Command> {
        let open = self.office.run(run)?.0.open()?;
        let (cell, round) = (open.cell.clone(), open.round);
        Some(match self.sop.no_exit(&cell) {
            Some(_) => Command::ReturnCell { run, cell, round, reason: "Lampiran belum lengkap.".to_owned() },
            None => {
                let answers = BTreeMap::from([("nota".to_owned(), "Lampiran sudah ditambahkan.".to_owned())]);
                Command::FinishCell { run, cell, round, answers }
            }
        })
    }

    fn act(&mut self, command: Command) -> Outcome {
        let command_id = CommandId(format!("riwayat-{}", self.office.seq));
        for event in decide(&self.office, &self.actor, command, self.now)? {
            let seq = self.office.seq + 1;
            let (actor, command_id) = (self.actor.account.clone(), command_id.clone());
            let record = Recorded { seq, at: self.now, actor, command_id, event };
            self.entries.push(self.end.link(&record, true)?);
            evolve(&mut self.office, &record);
        }
        Ok(())
    }
}
