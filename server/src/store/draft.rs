//! Drafts in the database. Writing is compare-and-set, by version.

use app::submission::Draft;
use domain::id::{AgencyCode, RunId};
use surrealdb::types::{SurrealValue, object};

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
    /// If the database cannot be read.
    pub async fn draft(&self, run: RunId, agency: &AgencyCode) -> Result<KeptDraft, StoreError> {
        let one = "SELECT agency, body, version FROM type::record('draft', $key)";
        let answer = self.db().query(one).bind(("key", key(run, agency))).await?;
        let rows: Vec<Row> = answer.check()?.take(0)?;
        Ok(rows.into_iter().next().map(read).map(|(_, kept)| kept).unwrap_or_default())
    }

    /// Every draft of a run.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn drafts(&self, run: RunId) -> Result<Vec<(AgencyCode, KeptDraft)>, StoreError> {
        let all = "SELECT agency, body, version FROM draft WHERE run = $run ORDER BY agency";
        let answer = self.db().query(all).bind(("run", i64::from(run.0))).await?;
        let rows: Vec<Row> = answer.check()?.take(0)?;
        Ok(rows.into_iter().map(read).collect())
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
        let body = serde_json::to_string(&kept.draft).unwrap_or_default();
        let statement = if kept.version == 0 { CREATE } else { UPDATE };
        let values = object! {
            key: key(run, agency),
            run: i64::from(run.0),
            agency: agency.0.clone(),
            body: body,
            version: kept.version,
        };
        let answer = self.db().query(statement).bind(surrealdb::types::Variables::from(values)).await?;
        let rows: Vec<Written> = answer.check()?.take(0)?;
        Ok(rows.first().is_some_and(|row| row.version == kept.version + 1))
    }

    /// Forgets a draft: it was sent.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn forget_draft(&self, run: RunId, agency: &AgencyCode) -> Result<(), StoreError> {
        self.write("DELETE type::record('draft', $key)", object! { key: key(run, agency) }).await
    }
}

fn key(run: RunId, agency: &AgencyCode) -> String {
    format!("{run}:{agency}")
}

fn read(row: Row) -> (AgencyCode, KeptDraft) {
    let draft = serde_json::from_str(&row.body).unwrap_or_default();
    (AgencyCode(row.agency), KeptDraft { draft, version: row.version })
}
