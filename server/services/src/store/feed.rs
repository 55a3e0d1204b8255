//! Secret addresses of calendars in the database.

use chrono::{DateTime, Utc};
use desk::reminder::FeedView;
use domain::id::AccountId;
use surrealdb::types::{SurrealValue, object};

use super::row::{Rows, hash, one, rows, time};
use super::{Store, StoreError};
use crate::token::TokenHash;

#[derive(SurrealValue)]
struct Row {
    key: String,
    account: String,
    made_at: i64,
    used_at: Option<i64>,
}

/// A calendar's secret as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptFeed {
    /// The hash of the secret.
    pub key: TokenHash,
    /// Whose it is.
    pub account: AccountId,
    /// When it was made and last used.
    pub view: FeedView,
}

const COLUMNS: &str = "record::id(id) AS key, account, made_at, used_at";

impl Store {
    /// An account's calendar, if it has one.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn feed(&self, account: &AccountId) -> Result<Option<FeedView>, StoreError> {
        let select = format!("SELECT {COLUMNS} FROM feed WHERE account = $account");
        let answer = self.db().query(select).bind(("account", account.0.clone())).await?;
        let found = one(rows("feed", answer.check()?.take(0)?, read))?;
        Ok(found.map(|feed| feed.view))
    }

    /// Whose calendar has this secret.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn feed_owner(&self, key: TokenHash) -> Result<Option<AccountId>, StoreError> {
        let select = format!("SELECT {COLUMNS} FROM type::record('feed', $key)");
        let answer = self.db().query(select).bind(("key", key.as_hex())).await?;
        let found = one(rows("feed", answer.check()?.take(0)?, read))?;
        Ok(found.map(|feed| feed.account))
    }

    /// Every calendar's secret there is.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn feeds(&self) -> Result<Rows<KeptFeed>, StoreError> {
        let all = format!("SELECT {COLUMNS} FROM feed ORDER BY account");
        Ok(rows("feed", self.db().query(all).await?.check()?.take(0)?, read))
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
        const PUT: &str = "DELETE feed WHERE account = $account; \
             CREATE type::record('feed', $key) SET account = $account, made_at = $at RETURN NONE";
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

fn read(row: Row) -> Result<KeptFeed, String> {
    let view = FeedView { made_at: time(row.made_at)?, used_at: row.used_at.map(time).transpose()? };
    Ok(KeptFeed { key: hash(&row.key)?, account: AccountId(row.account), view })
}
