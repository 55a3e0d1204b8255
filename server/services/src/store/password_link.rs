//! Links that set a password, in the database.

use chrono::{DateTime, Utc};
use domain::id::AccountId;
use surrealdb::types::{SurrealValue, object};

use super::row::{Rows, hash, one, rows, time};
use super::{Store, StoreError};
use crate::token::TokenHash;

/// A link as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptPasswordLink {
    /// The hash of its secret.
    pub key: TokenHash,
    /// Whose password it sets.
    pub account: AccountId,
    /// Who made it.
    pub made_by: AccountId,
    /// When.
    pub made_at: DateTime<Utc>,
    /// Until when it holds.
    pub expires: DateTime<Utc>,
    /// When it was used.
    pub used_at: Option<DateTime<Utc>>,
}

#[derive(SurrealValue)]
struct Row {
    key: String,
    account: String,
    made_by: String,
    made_at: i64,
    expires: i64,
    used_at: Option<i64>,
}

const COLUMNS: &str = "record::id(id) AS key, account, made_by, made_at, expires, used_at";

impl Store {
    /// Every link that is kept, used and expired ones too. One that cannot be read lets nobody in.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn password_links(&self) -> Result<Vec<KeptPasswordLink>, StoreError> {
        Ok(self.password_link_rows().await?.readable())
    }

    /// The same, with those that cannot be read beside the others.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn password_link_rows(&self) -> Result<Rows<KeptPasswordLink>, StoreError> {
        let all = format!("SELECT {COLUMNS} FROM password_link");
        Ok(rows("password_link", self.db().query(all).await?.check()?.take(0)?, read))
    }

    /// The link with this secret.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn password_link(&self, key: TokenHash) -> Result<Option<KeptPasswordLink>, StoreError> {
        let select = format!("SELECT {COLUMNS} FROM type::record('password_link', $key)");
        let answer = self.db().query(select).bind(("key", key.as_hex())).await?;
        Ok(one(rows("password_link", answer.check()?.take(0)?, read))?)
    }

    /// Keeps a link in the place of those that the account had.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn put_password_link(&self, link: &KeptPasswordLink) -> Result<(), StoreError> {
        const PUT: &str = "DELETE password_link WHERE account = $account; \
             CREATE type::record('password_link', $key) SET account = $account, made_by = $made_by, \
             made_at = $made_at, expires = $expires RETURN NONE";
        let KeptPasswordLink { key, account, made_by, made_at, expires, .. } = link;
        let values = object! {
            key: key.as_hex(),
            account: account.0.clone(),
            made_by: made_by.0.clone(),
            made_at: made_at.timestamp(),
            expires: expires.timestamp(),
        };
        self.write(PUT, values).await
    }

    /// Notes that a link was used, unless it was before. The answer is whether this was the use.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn spend_password_link(&self, key: TokenHash, at: DateTime<Utc>) -> Result<bool, StoreError> {
        const SPEND: &str = "UPDATE type::record('password_link', $key) SET used_at = $at \
             WHERE used_at = NONE RETURN record::id(id) AS key";
        #[derive(SurrealValue)]
        struct Spent {
            key: String,
        }
        let spent: Vec<Spent> =
            self.write_rows(SPEND, object! { key: key.as_hex(), at: at.timestamp() }).await?;
        Ok(spent.iter().any(|spent| spent.key == key.as_hex()))
    }

    /// Removes the links whose time was over before a moment.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn sweep_password_links(&self, before: DateTime<Utc>) -> Result<(), StoreError> {
        let values = object! { before: before.timestamp() };
        self.write("DELETE password_link WHERE expires < $before", values).await
    }
}

fn read(row: Row) -> Result<KeptPasswordLink, String> {
    Ok(KeptPasswordLink {
        key: hash(&row.key)?,
        account: AccountId(row.account),
        made_by: AccountId(row.made_by),
        made_at: time(row.made_at)?,
        expires: time(row.expires)?,
        used_at: row.used_at.map(time).transpose()?,
    })
}
