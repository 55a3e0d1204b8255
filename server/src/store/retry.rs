//! Writing where several may write the same row at once.

use surrealdb::types::{Object, QueryError, Variables};

use super::{Store, StoreError};

/// How often a write is tried.
const TRIES: usize = 10;

impl Store {
    /// Runs a statement that writes, and again if another one got in between: the database
    /// refuses the later of two transactions that touch the same row, and says that it may
    /// be retried.
    pub(super) async fn write(&self, statement: &'static str, values: Object) -> Result<(), StoreError> {
        let values = Variables::from(values);
        let mut tried = 1;
        loop {
            let answer = self.db().query(statement).bind(values.clone()).await;
            match answer.and_then(surrealdb::IndexedResults::check) {
                Err(error)
                    if error.query_details() == Some(&QueryError::TransactionConflict) && tried < TRIES =>
                {
                    tried += 1;
                    tokio::task::yield_now().await;
                }
                done => return Ok(done.map(drop)?),
            }
        }
    }
}
