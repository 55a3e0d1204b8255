//! Sessions in the database.

use chrono::{DateTime, Utc};
use domain::id::AccountId;
use surrealdb::types::{SurrealValue, object};

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
    /// Every session that is kept. What cannot be understood is no session.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn sessions(&self) -> Result<Vec<KeptSession>, StoreError> {
        let all = "SELECT record::id(id) AS key, account, begun, seen FROM session";
        let rows: Vec<Row> = self.db().query(all).await?.check()?.take(0)?;
        Ok(rows.into_iter().filter_map(read).collect())
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

fn read(row: Row) -> Option<KeptSession> {
    Some(KeptSession {
        key: TokenHash::from_hex(&row.key)?,
        account: AccountId(row.account),
        begun: DateTime::from_timestamp(row.begun, 0)?,
        seen: DateTime::from_timestamp(row.seen, 0)?,
    })
}
