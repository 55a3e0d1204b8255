//! Secret addresses of calendars in the database.

use app::reminder::FeedView;
use chrono::{DateTime, Utc};
use domain::id::AccountId;
use surrealdb::types::{SurrealValue, object};

use super::{Store, StoreError};
use crate::token::TokenHash;

#[derive(SurrealValue)]
struct Owner {
    account: String,
}

#[derive(SurrealValue)]
struct Row {
    made_at: i64,
    used_at: Option<i64>,
}

impl Store {
    /// An account's calendar, if it has one.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn feed(&self, account: &AccountId) -> Result<Option<FeedView>, StoreError> {
        let one = "SELECT made_at, used_at FROM feed WHERE account = $account";
        let answer = self.db().query(one).bind(("account", account.0.clone())).await?;
        let rows: Vec<Row> = answer.check()?.take(0)?;
        let time = |seconds| DateTime::from_timestamp(seconds, 0);
        let view =
            |row: Row| Some(FeedView { made_at: time(row.made_at)?, used_at: row.used_at.and_then(time) });
        Ok(rows.into_iter().next().and_then(view))
    }

    /// Whose calendar has this secret.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn feed_owner(&self, key: TokenHash) -> Result<Option<AccountId>, StoreError> {
        let one = "SELECT account FROM type::record('feed', $key)";
        let rows: Vec<Owner> = self.db().query(one).bind(("key", key.as_hex())).await?.check()?.take(0)?;
        Ok(rows.into_iter().next().map(|row| AccountId(row.account)))
    }

    /// Keeps a calendar's secret in the place of the account's earlier one.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn put_feed(
        &self,
        key: TokenHash,
        account: &AccountId,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        const PUT: &str = "BEGIN; DELETE feed WHERE account = $account; \
             CREATE type::record('feed', $key) SET account = $account, made_at = $at RETURN NONE; COMMIT;";
        let values = object! { key: key.as_hex(), account: account.0.clone(), at: at.timestamp() };
        self.write(PUT, values).await
    }

    /// Notes that a calendar was fetched.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn touch_feed(&self, key: TokenHash, at: DateTime<Utc>) -> Result<(), StoreError> {
        const UPDATE: &str = "UPDATE type::record('feed', $key) SET used_at = $at RETURN NONE";
        self.write(UPDATE, object! { key: key.as_hex(), at: at.timestamp() }).await
    }

    /// Makes an account's calendar void.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn revoke_feed(&self, account: &AccountId) -> Result<(), StoreError> {
        self.write("DELETE feed WHERE account = $account", object! { account: account.0.clone() }).await
    }
}
