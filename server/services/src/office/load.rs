//! Reading the whole log at start: the chain is checked and the state folded as it streams in.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::log::Recorded;
use domain::office::replay;
use tokio::sync::mpsc;

use super::decided::Head;
use super::fault::OpenError;
use super::known::KnownCommands;
use crate::live;
use crate::store::Entry;
use crate::store::Store;
use crate::store::chain::{ChainEnd, ChainError};
use crate::store::record::read_record;

/// What the writer keeps between two batches.
pub(super) struct Ledger {
    /// What the next record has to follow.
    pub(super) head: Head,
    /// The commands that are in the log.
    pub(super) known: KnownCommands,
}

/// How many pages are read ahead of the folding.
const AHEAD: usize = 2;

/// Loads the office, and the records that are kept at hand for pages that come back.
pub(super) async fn load(store: &Store) -> Result<(Ledger, Vec<Arc<Recorded>>), OpenError> {
    let (pages, incoming) = mpsc::channel(AHEAD);
    let folding = tokio::task::spawn_blocking(move || fold(incoming));
    let read = read_all(store, &pages).await;
    drop(pages);
    let ledger = folding.await.map_err(|_| OpenError::CutShort)?;
    read?;
    let ledger = ledger?;
    let recent = recent(store, ledger.head.office.seq).await?;
    Ok((ledger, recent))
}

async fn read_all(store: &Store, pages: &mpsc::Sender<Vec<Entry>>) -> Result<(), OpenError> {
    let mut after = 0;
    loop {
        let page = store.entries_after(after, Entry::PAGE).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.seq;
        // The folding ends early only if it found a fault, which it will report itself.
        if pages.send(page).await.is_err() {
            return Ok(());
        }
    }
}

fn fold(mut incoming: mpsc::Receiver<Vec<Entry>>) -> Result<Ledger, OpenError> {
    let mut reading = Reading::default();
    let entries = std::iter::from_fn(|| incoming.blocking_recv()).flatten();
    let office = Arc::new(replay(entries.map_while(|entry| reading.take(&entry)))?);
    let Reading { chain, last_at, known, fault } = reading;
    fault.map_or(Ok(()), Err)?;
    Ok(Ledger { head: Head { office, chain, last_at }, known })
}

#[derive(Default)]
struct Reading {
    chain: ChainEnd,
    last_at: DateTime<Utc>,
    known: KnownCommands,
    fault: Option<ChainError>,
}

impl Reading {
    /// The record of a row; `None`, and the fault kept, if it does not follow.
    fn take(&mut self, entry: &Entry) -> Option<Recorded> {
        let record = self.chain.follow(entry).map_err(|fault| self.fault = Some(fault)).ok()?;
        self.last_at = self.last_at.max(record.at);
        self.known.note(&record);
        Some(record)
    }
}

async fn recent(store: &Store, seq: u64) -> Result<Vec<Arc<Recorded>>, OpenError> {
    let count = u32::try_from(live::AT_HAND).unwrap_or(u32::MAX);
    let entries = store.entries_after(seq.saturating_sub(u64::from(count)), count).await?;
    let record = |entry: &Entry| {
        read_record(&entry.body)
            .map(Arc::new)
            .map_err(|source| ChainError::Unreadable { seq: entry.seq, source })
    };
    Ok(entries.iter().map(record).collect::<Result<_, _>>()?)
}
