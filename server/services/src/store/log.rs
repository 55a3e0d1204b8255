//! The log's rows: appended whole batches at a time, read in order, never changed.

use domain::id::Seq;
use surrealdb::types::{RecordId, SurrealValue};
use tokio::time::timeout;

use super::chain::ChainEnd;
use super::entry::Entry;
use super::fault::{PATIENCE, StoreError};
use super::handle::Store;

#[derive(SurrealValue)]
struct NewRow {
    id: RecordId,
    body: String,
    prev: String,
    command: Option<String>,
}

#[derive(SurrealValue)]
struct Row {
    seq: u64,
    body: String,
    prev: String,
    command: Option<String>,
}

impl Store {
    /// Appends rows, all or none. When this returns, they are durable, and remembered.
    ///
    /// It is a compare-and-set: the place in the log is the record id, and one statement is
    /// one transaction, so it fails if any of the places, or a command, is taken.
    ///
    /// # Errors
    /// If nothing was written, or (a connection lost at the wrong moment, no answer for 20 s)
    /// if that is not known. Either way, what the log holds now tells what happened.
    pub async fn append(&self, entries: &[Entry]) -> Result<(), StoreError> {
        let rows: Vec<_> = entries.iter().map(NewRow::from).collect();
        let insert = self.db().query("INSERT INTO log $rows RETURN NONE").bind(("rows", rows));
        patiently(insert).await?.check()?;
        match entries.last() {
            Some(last) => self.remember_log(ChainEnd { seq: last.seq, hash: last.hash() }).await,
            None => Ok(()),
        }
    }

    /// Remembers beside the database that the log has come so far. To be done before anybody is
    /// answered on the ground of it; [`Store::append`] has done it.
    ///
    /// # Errors
    /// If it cannot be written down.
    pub async fn remember_log(&self, end: ChainEnd) -> Result<(), StoreError> {
        match &self.mark {
            Some(mark) => Ok(mark.reach(end).await?),
            None => Ok(()),
        }
    }

    /// What follows a place in the log has to carry; `None` if there is no record there. The
    /// beginning, before the first record, always is.
    pub(super) async fn end_at(&self, seq: Seq) -> Result<Option<ChainEnd>, StoreError> {
        let Some(before) = seq.checked_sub(1) else { return Ok(Some(ChainEnd::default())) };
        let entries = self.entries_after(before, 1).await?;
        Ok(entries.first().map(|entry| ChainEnd { seq: entry.seq, hash: entry.hash() }))
    }

    /// The last record up to a place. The log has no gaps.
    pub(super) async fn last_record(&self, up_to: Seq) -> Result<Seq, StoreError> {
        let (mut there, mut step) = (0, 1);
        // In steps that double as long as there is something, and halve from then on.
        let mut grows = true;
        while step > 0 {
            let place = there + step;
            let found = place <= up_to && self.end_at(place).await?.is_some();
            if found {
                there = place;
            }
            grows &= found;
            step = if grows { step * 2 } else { step / 2 };
        }
        Ok(there)
    }

    /// Up to `limit` rows after a place, in order.
    ///
    /// # Errors
    /// If the database cannot be read, or a hash in it is none.
    pub async fn entries_after(&self, after: Seq, limit: u32) -> Result<Vec<Entry>, StoreError> {
        let (from, to) = (after.saturating_add(1), after.saturating_add(u64::from(limit)));
        let select = format!("SELECT record::id(id) AS seq, body, prev, command FROM log:{from}..={to}");
        let rows: Vec<Row> = patiently(self.db().query(select)).await?.take(0)?;
        rows.into_iter().map(Entry::try_from).collect()
    }
}

/// Waits for a statement, but not for ever: whoever waits for the writer waits for this.
async fn patiently<T>(statement: impl IntoFuture<Output = surrealdb::Result<T>>) -> Result<T, StoreError> {
    Ok(timeout(PATIENCE, statement).await.map_err(|_| StoreError::Silent)??)
}

impl From<&Entry> for NewRow {
    fn from(entry: &Entry) -> Self {
        Self {
            id: RecordId::new("log", i64::try_from(entry.seq).unwrap_or(i64::MAX)),
            body: entry.body.clone(),
            prev: entry.prev.to_string(),
            command: entry.command.clone(),
        }
    }
}

impl TryFrom<Row> for Entry {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let Row { seq, body, prev, command } = row;
        let prev = prev.parse().map_err(|_| StoreError::BadHash { seq })?;
        Ok(Self { seq, prev, body, command })
    }
}
