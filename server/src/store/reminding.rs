//! What the office has decided about reminders, in the database.

use chrono::{DateTime, Utc};
use domain::id::{AccountId, RunId};
use domain::reminder::{Ladder, Rules};
use surrealdb::types::{SurrealValue, object};

use super::{Store, StoreError};

#[derive(SurrealValue)]
struct RunRow {
    run: i64,
}

#[derive(SurrealValue)]
struct LadderRow {
    body: String,
}

impl Store {
    /// What is decided at present.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn reminding(&self) -> Result<Rules, StoreError> {
        let both = "SELECT record::id(id) AS run FROM automatic; SELECT body FROM ladder:1";
        let mut answer = self.db().query(both).await?.check()?;
        let (runs, ladder): (Vec<RunRow>, Vec<LadderRow>) = (answer.take(0)?, answer.take(1)?);
        let automatic = runs.into_iter().filter_map(|row| u32::try_from(row.run).ok().map(RunId)).collect();
        let ladder = ladder.first().and_then(|row| serde_json::from_str(&row.body).ok()).unwrap_or_default();
        Ok(Rules { automatic, ladder })
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
        let body = serde_json::to_string(ladder).unwrap_or_default();
        self.write(PUT, object! { body: body, by: by.0.clone(), at: at.timestamp() }).await
    }
}
