//! The log's rows: appended whole batches at a time, read in order, never changed.

use domain::id::Seq;
use serde::{Deserialize, Serialize};
use surrealdb::types::{RecordId, SurrealValue};
use tokio::time::timeout;

use crate::store::chain::Hash;
use crate::store::{PATIENCE, Store, StoreError};

/// One row of the log, as it is stored and as a backup carries it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its place: 1, 2, 3 …
    pub seq: Seq,
    /// The hash of the row before it.
    pub prev: Hash,
    /// The record as JSON, exactly as it is hashed.
    pub body: String,
    /// The command, on the first of its events only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
}

impl Entry {
    /// How many rows are read at once: enough to forget the cost of asking, few enough to
    /// keep memory small (about 2 MB).
    pub const PAGE: u32 = 4000;
}

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
    /// Appends rows, all or none. When this returns, they are durable.
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
        Ok(())
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
