//! Displays in the database.

use chrono::{DateTime, Utc};
use surrealdb::types::{SurrealValue, object};

use super::row::{Rows, hash, rows, time};
use super::{Store, StoreError};
use crate::token::TokenHash;

/// A display as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptDisplay {
    /// The hash of its cookie.
    pub key: TokenHash,
    /// What the office calls it.
    pub name: String,
    /// When it was paired.
    pub paired: DateTime<Utc>,
    /// When it was last here, to a few minutes; `None`: never yet.
    pub seen: Option<DateTime<Utc>>,
}

#[derive(SurrealValue)]
struct Row {
    key: String,
    name: String,
    paired: i64,
    seen: i64,
}

impl Store {
    /// Every display that is not revoked.
    ///
    /// # Errors
    /// If the database cannot be read, or one of them.
    pub async fn displays(&self) -> Result<Vec<KeptDisplay>, StoreError> {
        Ok(self.display_rows().await?.whole()?)
    }

    /// The same, with those that cannot be read beside the others.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn display_rows(&self) -> Result<Rows<KeptDisplay>, StoreError> {
        let all = "SELECT record::id(id) AS key, name, paired, seen FROM display";
        let values = self.db().query(all).await?.check()?.take(0)?;
        Ok(rows("display", values, read))
    }

    /// Keeps a display that was paired.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn add_display(&self, display: &KeptDisplay) -> Result<(), StoreError> {
        const CREATE: &str = "CREATE type::record('display', $key) SET name = $name, paired = $paired, seen = $seen RETURN NONE";
        let KeptDisplay { key, name, paired, seen } = display;
        let values = object! {
            key: key.as_hex(),
            name: name.clone(),
            paired: paired.timestamp(),
            seen: seen.map_or(0, |seen| seen.timestamp()),
        };
        self.write(CREATE, values).await
    }

    /// Calls a display by another name.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn rename_display(&self, key: TokenHash, name: &str) -> Result<(), StoreError> {
        const UPDATE: &str = "UPDATE type::record('display', $key) SET name = $name RETURN NONE";
        self.write(UPDATE, object! { key: key.as_hex(), name: name.to_owned() }).await
    }

    /// Notes that a display was here. One that was revoked meanwhile stays revoked.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn touch_display(&self, key: TokenHash, seen: DateTime<Utc>) -> Result<(), StoreError> {
        const UPDATE: &str = "UPDATE type::record('display', $key) SET seen = $seen RETURN NONE";
        self.write(UPDATE, object! { key: key.as_hex(), seen: seen.timestamp() }).await
    }

    /// Forgets a display.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn revoke_display(&self, key: TokenHash) -> Result<(), StoreError> {
        self.write("DELETE type::record('display', $key)", object! { key: key.as_hex() }).await
    }
}

fn read(row: Row) -> Result<KeptDisplay, String> {
    Ok(KeptDisplay {
        key: hash(&row.key)?,
        name: row.name,
        paired: time(row.paired)?,
        seen: if row.seen == 0 { None } else { Some(time(row.seen)?) },
    })
}
