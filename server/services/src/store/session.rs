//! Sessions in the database.

use chrono::{DateTime, Utc};
use domain::id::AccountId;
use surrealdb::types::{SurrealValue, object};

use super::row::{Rows, hash, rows, time};
use super::{Store, StoreError};
use crate::token::TokenHash;

/// A session as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptSession {
    /// The hash of its cookie.
    pub key: TokenHash,
    /// Whose it is.
    pub account: AccountId,
    /// When it began.
    pub begun: DateTime<Utc>,
    /// When it was last used, to a few minutes.
    pub seen: DateTime<Utc>,
}

#[derive(SurrealValue)]
struct Row {
    key: String,
    account: String,
    begun: i64,
    seen: i64,
}

impl Store {
    /// Every session that is kept.
    ///
    /// # Errors
    /// If the database cannot be read, or one of them.
    pub async fn sessions(&self) -> Result<Vec<KeptSession>, StoreError> {
        Ok(self.session_rows().await?.whole()?)
    }

    /// The same, with those that cannot be read beside the others.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn session_rows(&self) -> Result<Rows<KeptSession>, StoreError> {
        let all = "SELECT record::id(id) AS key, account, begun, seen FROM session";
        let values = self.db().query(all).await?.check()?.take(0)?;
        Ok(rows("session", values, read))
    }

    /// Keeps a session that has begun.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn add_session(&self, session: &KeptSession) -> Result<(), StoreError> {
        const CREATE: &str = "CREATE type::record('session', $key) SET account = $account, begun = $begun, seen = $seen RETURN NONE";
        let KeptSession { key, account, begun, seen } = session;
        let values = object! {
            key: key.as_hex(),
            account: account.0.clone(),
            begun: begun.timestamp(),
            seen: seen.timestamp(),
        };
        self.write(CREATE, values).await
    }

    /// Notes that a session was used. One that has ended meanwhile stays ended.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn touch_session(&self, key: TokenHash, seen: DateTime<Utc>) -> Result<(), StoreError> {
        const UPDATE: &str = "UPDATE type::record('session', $key) SET seen = $seen RETURN NONE";
        self.write(UPDATE, object! { key: key.as_hex(), seen: seen.timestamp() }).await
    }

    /// Ends sessions.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn end_sessions(&self, keys: &[TokenHash]) -> Result<(), StoreError> {
        const DELETE: &str = "FOR $key IN $keys { DELETE type::record('session', $key) }";
        let keys: Vec<_> = keys.iter().map(TokenHash::as_hex).collect();
        self.write(DELETE, object! { keys: keys }).await
    }
}

fn read(row: Row) -> Result<KeptSession, String> {
    Ok(KeptSession {
        key: hash(&row.key)?,
        account: AccountId(row.account),
        begun: time(row.begun)?,
        seen: time(row.seen)?,
    })
}
