//! Drafts in the database. Writing is compare-and-set, by version.

use desk::report::Draft;
use domain::id::{AgencyCode, RunId};
use surrealdb::types::{SurrealValue, object};

use super::row::{self, Rows, document, one, rows};
use super::{Store, StoreError};

/// A draft as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptDraft {
    /// What was written.
    pub draft: Draft,
    /// How often it was written; 0: never.
    pub version: i64,
}

#[derive(SurrealValue)]
struct Row {
    run: i64,
    agency: String,
    body: String,
    version: i64,
}

#[derive(SurrealValue)]
struct Written {
    version: i64,
}

impl Store {
    /// An agency's draft; an empty one if there is none.
    ///
    /// # Errors
    /// If the database cannot be read, or the draft cannot. Then it stays as it is: nothing is
    /// written over it.
    pub async fn draft(&self, run: RunId, agency: &AgencyCode) -> Result<KeptDraft, StoreError> {
        let select =
            "SELECT record::id(id) AS key, run, agency, body, version FROM type::record('draft', $key)";
        let answer = self.db().query(select).bind(("key", key(run, agency))).await?;
        let found = one(rows("draft", answer.check()?.take(0)?, read))?;
        Ok(found.map(|(_, _, kept)| kept).unwrap_or_default())
    }

    /// Every draft of a run.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn drafts(&self, run: RunId) -> Result<Rows<(AgencyCode, KeptDraft)>, StoreError> {
        let all = "SELECT record::id(id) AS key, run, agency, body, version FROM draft WHERE run = $run \
             ORDER BY agency";
        let answer = self.db().query(all).bind(("run", i64::from(run.0))).await?;
        let read = |row| read(row).map(|(_, agency, kept)| (agency, kept));
        Ok(rows("draft", answer.check()?.take(0)?, read))
    }

    /// Every draft there is.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn all_drafts(&self) -> Result<Rows<(RunId, AgencyCode, KeptDraft)>, StoreError> {
        let all = "SELECT record::id(id) AS key, run, agency, body, version FROM draft ORDER BY run, agency";
        Ok(rows("draft", self.db().query(all).await?.check()?.take(0)?, read))
    }

    /// Writes a draft over the version it was made from. Whether it was still that one; if
    /// not, nothing was written.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn write_draft(
        &self,
        run: RunId,
        agency: &AgencyCode,
        kept: &KeptDraft,
    ) -> Result<bool, StoreError> {
        const CREATE: &str = "INSERT IGNORE INTO draft \
             { id: $key, run: $run, agency: $agency, body: $body, version: 1 } RETURN version";
        const UPDATE: &str = "UPDATE type::record('draft', $key) SET body = $body, version = version + 1 \
             WHERE version = $version RETURN version";
        let body = serde_json::to_string(&kept.draft)?;
        let statement = if kept.version == 0 { CREATE } else { UPDATE };
        let values = object! {
            key: key(run, agency),
            run: i64::from(run.0),
            agency: agency.0.clone(),
            body: body,
            version: kept.version,
        };
        let rows: Vec<Written> = self.write_rows(statement, values).await?;
        Ok(rows.first().is_some_and(|row| row.version == kept.version + 1))
    }

    /// Forgets a draft, if it is still the version that was sent. Whether it is gone.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn forget_draft(
        &self,
        run: RunId,
        agency: &AgencyCode,
        version: i64,
    ) -> Result<bool, StoreError> {
        const ONE: &str = "DELETE type::record('draft', $key) WHERE version = $version";
        self.write(ONE, object! { key: key(run, agency), version: version }).await?;
        Ok(self.draft(run, agency).await?.version == 0)
    }
}

fn key(run: RunId, agency: &AgencyCode) -> String {
    format!("{run}:{agency}")
}

fn read(row: Row) -> Result<(RunId, AgencyCode, KeptDraft), String> {
    let kept = KeptDraft { draft: document(&row.body)?, version: row.version };
    Ok((row::run(row.run)?, AgencyCode(row.agency), kept))
}
