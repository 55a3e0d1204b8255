//! What the office has decided about reminders, in the database.

use chrono::{DateTime, Utc};
use domain::id::{AccountId, RunId};
use domain::reminder::{Ladder, Rules};
use surrealdb::types::{SurrealValue, object};

use super::row::{self, Rows, document, one, rows};
use super::{Store, StoreError};

#[derive(SurrealValue)]
struct RunRow {
    key: i64,
}

#[derive(SurrealValue)]
struct LadderRow {
    body: String,
}

impl Store {
    /// What is decided at present.
    ///
    /// # Errors
    /// If the database cannot be read, or one of the rows: the office has decided something, and it
    /// is not known what.
    pub async fn reminding(&self) -> Result<Rules, StoreError> {
        let (automatic, ladder) = self.reminding_rows().await?;
        Ok(Rules {
            automatic: automatic.whole()?.into_iter().collect(),
            ladder: one(ladder)?.unwrap_or_default(),
        })
    }

    pub(super) async fn reminding_rows(&self) -> Result<(Rows<RunId>, Rows<Ladder>), StoreError> {
        let both =
            "SELECT record::id(id) AS key FROM automatic; SELECT record::id(id) AS key, body FROM ladder:1";
        let mut answer = self.db().query(both).await?.check()?;
        let automatic = rows("automatic", answer.take(0)?, |row: RunRow| row::run(row.key));
        let ladder = rows("ladder", answer.take(1)?, |row: LadderRow| document(&row.body));
        Ok((automatic, ladder))
    }

    /// Turns a run's reminders to go by themselves, or only when somebody releases them.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn set_automatic(
        &self,
        run: RunId,
        on: bool,
        by: &AccountId,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        const PUT: &str = "UPSERT type::record('automatic', $run) SET by = $by, at = $at RETURN NONE";
        const DELETE: &str = "DELETE type::record('automatic', $run)";
        let values = object! { run: i64::from(run.0), by: by.0.clone(), at: at.timestamp() };
        self.write(if on { PUT } else { DELETE }, values).await
    }

    /// Changes the ladder.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn set_ladder(
        &self,
        ladder: &Ladder,
        by: &AccountId,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        const PUT: &str = "UPSERT ladder:1 SET body = $body, by = $by, at = $at RETURN NONE";
        let body = serde_json::to_string(ladder)?;
        self.write(PUT, object! { body: body, by: by.0.clone(), at: at.timestamp() }).await
    }
}
