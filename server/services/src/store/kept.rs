//! Writing to the tables beside the log: counted, and remembered before anybody is told.
//!
//! On a database of our own every such transaction also writes how many there have been, in the
//! same row each time. They go one after the other, so that they do not get into each other's way
//! there. On a server's database nothing is counted: others write there as well.

use surrealdb::IndexedResults;
use surrealdb::types::{Object, QueryError, SurrealValue, Variables};

use super::fault::StoreError;
use super::handle::Store;

/// How often a write is tried where several may write the same row at once.
const TRIES: usize = 10;

impl Store {
    /// Runs a statement that writes, or several that belong together. When this returns, what was
    /// written is durable, and remembered.
    ///
    /// Tried again if another got in between: the database refuses the later of two transactions
    /// that touch the same row, and says that it may be retried.
    pub(super) async fn write(&self, statements: &'static str, values: Object) -> Result<(), StoreError> {
        self.try_write(statements, values).await.map(drop)
    }

    /// The same, with the rows that the first statement returned.
    pub(super) async fn write_rows<T: SurrealValue>(
        &self,
        statements: &'static str,
        values: Object,
    ) -> Result<Vec<T>, StoreError> {
        // The first answer is that of `BEGIN`.
        Ok(self.try_write(statements, values).await?.take(1)?)
    }

    async fn try_write(&self, statements: &str, values: Object) -> Result<IndexedResults, StoreError> {
        let values = Variables::from(values);
        let mut tried = 1;
        loop {
            match self.write_once(statements, values.clone()).await {
                Err(error) if error.is_retriable() && tried < TRIES => {
                    tried += 1;
                    tokio::task::yield_now().await;
                }
                done => return done,
            }
        }
    }

    async fn write_once(&self, statements: &str, values: Variables) -> Result<IndexedResults, StoreError> {
        const COUNT: &str = "UPSERT kept:1 SET writes = $kept_writes RETURN NONE";
        let Some(turn) = &self.turn else {
            let whole = format!("BEGIN; {statements}; COMMIT;");
            return whole_or_cause(self.db().query(whole).bind(values).await?);
        };
        let (held, count) = turn.next().await;
        let whole = format!("BEGIN; {statements}; {COUNT}; COMMIT;");
        let number = ("kept_writes", i64::try_from(count).unwrap_or(i64::MAX));
        let answer = whole_or_cause(self.db().query(whole).bind(values).bind(number).await?)?;
        drop(held);
        if let Some(mark) = &self.mark {
            mark.remember(|what| what.writes = what.writes.max(count)).await?;
        }
        Ok(answer)
    }

    /// How many writes the database says there have been.
    pub(super) async fn writes_so_far(&self) -> Result<u64, StoreError> {
        // While rows of an earlier build are put back, the table is not there yet.
        if !self.definitions().await?.contains_key("kept") {
            return Ok(0);
        }
        let mut answer = self.db().query("SELECT VALUE writes FROM kept:1").await?.check()?;
        let count: Option<i64> = answer.take(0)?;
        Ok(count.and_then(|count| u64::try_from(count).ok()).unwrap_or_default())
    }
}

/// The answers, if all is well; else the error that made the transaction fail, and not one that only
/// says that another did.
fn whole_or_cause(mut answer: IndexedResults) -> Result<IndexedResults, StoreError> {
    let mut errors: Vec<_> = answer.take_errors().into_iter().collect();
    errors.sort_by_key(|(statement, error)| {
        let echo = matches!(error.query_details(), Some(QueryError::Cancelled | QueryError::NotExecuted));
        (echo, *statement)
    });
    match errors.into_iter().next() {
        Some((_, cause)) => Err(cause.into()),
        None => Ok(answer),
    }
}
