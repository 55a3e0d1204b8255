//! Who has brought which file that the log does not name yet.

use chrono::{DateTime, Utc};
use domain::id::{AccountId, AgencyCode};
use surrealdb::types::{SurrealValue, object};

use super::row::{Rows, rows, time};
use super::{Store, StoreError};

const AGENCY: &str = "pd:";
const ACCOUNT: &str = "akun:";

/// Who brings files: an agency, whoever acts for it, or an account of the office.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Holder(String);

impl Holder {
    /// An agency.
    pub fn agency(code: &AgencyCode) -> Self {
        Self(format!("{AGENCY}{code}"))
    }

    /// Somebody of the office.
    pub fn account(account: &AccountId) -> Self {
        Self(format!("{ACCOUNT}{account}"))
    }

    /// Nobody knows who.
    pub fn unknown() -> Self {
        Self(String::new())
    }

    /// Reads the hex of [`Holder::as_str`], as it stands in names of files.
    pub fn from_hex(text: &str) -> Option<Self> {
        let byte = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
        let bytes: Option<Vec<u8>> = (0..text.len()).step_by(2).map(byte).collect();
        Some(Self(String::from_utf8(bytes?).ok()?))
    }

    /// The agency, if it is one.
    pub fn as_agency(&self) -> Option<AgencyCode> {
        self.0.strip_prefix(AGENCY).map(AgencyCode::from)
    }

    /// As it is kept: `pd:bappeda`, `akun:staf`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn key(&self, sha256: &str) -> String {
        format!("{}:{sha256}", self.0)
    }
}

/// A file that somebody has brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// Who.
    pub holder: Holder,
    /// Which.
    pub sha256: String,
    /// Its length in bytes.
    pub size: u64,
    /// Since when no draft of the holder names it, as far as was looked.
    pub loose_since: Option<DateTime<Utc>>,
}

const COLUMNS: &str = "record::id(id) AS key, holder, sha256, size, loose_since";

#[derive(SurrealValue)]
struct Row {
    holder: String,
    sha256: String,
    size: i64,
    loose_since: Option<i64>,
}

#[derive(SurrealValue)]
struct Body {
    agency: String,
    body: String,
}

impl Store {
    /// Everything that anybody holds.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn holdings(&self) -> Result<Vec<Holding>, StoreError> {
        Ok(self.holding_rows().await?.whole()?)
    }

    /// The same, with those that cannot be read beside the others.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn holding_rows(&self) -> Result<Rows<Holding>, StoreError> {
        let all = format!("SELECT {COLUMNS} FROM holding ORDER BY holder, sha256");
        Ok(rows("holding", self.db().query(all).await?.check()?.take(0)?, read))
    }

    /// Who holds a file.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn holdings_of(&self, sha256: &str) -> Result<Vec<Holding>, StoreError> {
        let all = format!("SELECT {COLUMNS} FROM holding WHERE sha256 = $sha256");
        let answer = self.db().query(all).bind(("sha256", sha256.to_owned())).await?;
        Ok(rows("holding", answer.check()?.take(0)?, read).whole()?)
    }

    /// Notes since when nobody names what somebody holds; `None`: somebody does. Nothing if it
    /// is not held any more.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn set_loose(
        &self,
        holder: &Holder,
        sha256: &str,
        since: Option<DateTime<Utc>>,
    ) -> Result<(), StoreError> {
        const SET: &str = "UPDATE type::record('holding', $key) SET loose_since = $since RETURN NONE";
        let since = since.map(|since| since.timestamp());
        self.write(SET, object! { key: holder.key(sha256), since: since }).await
    }

    /// Notes a holding of a file that nobody holds, from before there were holdings or from a
    /// backup.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn put_holding(&self, holding: &Holding) -> Result<(), StoreError> {
        const PUT: &str = "UPSERT type::record('holding', $key) CONTENT \
             { holder: $holder, sha256: $sha256, size: $size, loose_since: $since } RETURN NONE";
        let Holding { holder, sha256, size, loose_since } = holding;
        let values = object! {
            key: holder.key(sha256),
            holder: holder.as_str().to_owned(),
            sha256: sha256.clone(),
            size: i64::try_from(*size).unwrap_or(i64::MAX),
            since: loose_since.map(|since| since.timestamp()),
        };
        self.write(PUT, values).await
    }

    /// Forgets that somebody holds a file.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn forget_holding(&self, holder: &Holder, sha256: &str) -> Result<(), StoreError> {
        const FORGET: &str = "DELETE type::record('holding', $key)";
        self.write(FORGET, object! { key: holder.key(sha256) }).await
    }

    /// Forgets a file and the last who held it, both or neither.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn forget_file(&self, holder: &Holder, sha256: &str) -> Result<(), StoreError> {
        const FORGET: &str =
            "{ DELETE type::record('holding', $key); DELETE type::record('file', $sha256); }";
        self.write(FORGET, object! { key: holder.key(sha256), sha256: sha256.to_owned() }).await
    }

    /// The text of every draft, with the agency that writes it, read or unreadable.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn draft_texts(&self) -> Result<Vec<(AgencyCode, String)>, StoreError> {
        let rows: Vec<Body> = self.db().query("SELECT agency, body FROM draft").await?.check()?.take(0)?;
        Ok(rows.into_iter().map(|row| (AgencyCode(row.agency), row.body)).collect())
    }
}

fn read(row: Row) -> Result<Holding, String> {
    Ok(Holding {
        holder: Holder(row.holder),
        sha256: row.sha256,
        size: u64::try_from(row.size).map_err(|_| format!("bukan ukuran: {}", row.size))?,
        loose_since: row.loose_since.map(time).transpose()?,
    })
}
