//! Agencies' links in the database.

use chrono::{DateTime, Utc};
use desk::report::LinkView;
use domain::id::{AccountId, AgencyCode, RunId};
use surrealdb::types::{SurrealValue, object};

use super::row::{self, Rows, hash, one, rows, time};
use super::{Store, StoreError};
use crate::token::TokenHash;

/// A link as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptLink {
    /// The hash of its secret.
    pub key: TokenHash,
    /// The run that it opens.
    pub run: RunId,
    /// Whose it is, and who made it when.
    pub view: LinkView,
}

#[derive(SurrealValue)]
struct Row {
    key: String,
    run: i64,
    agency: String,
    made_by: String,
    made_at: i64,
    expires: i64,
    used_at: Option<i64>,
}

const COLUMNS: &str = "record::id(id) AS key, run, agency, made_by, made_at, expires, used_at";

impl Store {
    /// The links of a run.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn links(&self, run: RunId) -> Result<Vec<KeptLink>, StoreError> {
        let all = format!("SELECT {COLUMNS} FROM link WHERE run = $run ORDER BY agency");
        let answer = self.db().query(all).bind(("run", i64::from(run.0))).await?;
        Ok(rows("link", answer.check()?.take(0)?, read).whole()?)
    }

    /// Every link there is.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn all_links(&self) -> Result<Rows<KeptLink>, StoreError> {
        let all = format!("SELECT {COLUMNS} FROM link ORDER BY run, agency");
        Ok(rows("link", self.db().query(all).await?.check()?.take(0)?, read))
    }

    /// The link with this secret.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn link(&self, key: TokenHash) -> Result<Option<KeptLink>, StoreError> {
        let select = format!("SELECT {COLUMNS} FROM type::record('link', $key)");
        let answer = self.db().query(select).bind(("key", key.as_hex())).await?;
        Ok(one(rows("link", answer.check()?.take(0)?, read))?)
    }

    /// Keeps a link in the place of an agency's earlier one.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn put_link(&self, link: &KeptLink) -> Result<(), StoreError> {
        const PUT: &str = "DELETE link WHERE run = $run AND agency = $agency; \
             CREATE type::record('link', $key) SET run = $run, agency = $agency, made_by = $made_by, \
             made_at = $made_at, expires = $expires RETURN NONE";
        let values = object! {
            key: link.key.as_hex(),
            run: i64::from(link.run.0),
            agency: link.view.agency.0.clone(),
            made_by: link.view.made_by.0.clone(),
            made_at: link.view.made_at.timestamp(),
            expires: link.view.expires.timestamp(),
        };
        self.write(PUT, values).await
    }

    /// Notes that a link was used.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn touch_link(&self, key: TokenHash, at: DateTime<Utc>) -> Result<(), StoreError> {
        const UPDATE: &str = "UPDATE type::record('link', $key) SET used_at = $at RETURN NONE";
        self.write(UPDATE, object! { key: key.as_hex(), at: at.timestamp() }).await
    }

    /// Makes an agency's link void.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn revoke_link(&self, run: RunId, agency: &AgencyCode) -> Result<(), StoreError> {
        const DELETE: &str = "DELETE link WHERE run = $run AND agency = $agency";
        self.write(DELETE, object! { run: i64::from(run.0), agency: agency.0.clone() }).await
    }
}

fn read(row: Row) -> Result<KeptLink, String> {
    let view = LinkView {
        agency: AgencyCode(row.agency),
        made_by: AccountId(row.made_by),
        made_at: time(row.made_at)?,
        expires: time(row.expires)?,
        used_at: row.used_at.map(time).transpose()?,
    };
    Ok(KeptLink { key: hash(&row.key)?, run: row::run(row.run)?, view })
}
