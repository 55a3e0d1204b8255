//! Browsers that have signed in before, in the database.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::id::AccountId;
use surrealdb::types::{SurrealValue, object};

use super::row::{Rows, hash, rows, time};
use super::{Store, StoreError};
use crate::token::TokenHash;

/// A browser as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptBrowser {
    /// The hash of its cookie.
    pub key: TokenHash,
    /// The accounts that it has signed in to.
    pub accounts: BTreeSet<AccountId>,
    /// When it last did.
    pub seen: DateTime<Utc>,
}

#[derive(SurrealValue)]
struct Row {
    key: String,
    accounts: Vec<String>,
    seen: i64,
}

impl Store {
    /// Every browser that is kept. What cannot be read is a stranger.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn browsers(&self) -> Result<Vec<KeptBrowser>, StoreError> {
        Ok(self.browser_rows().await?.readable())
    }

    /// The same, with those that cannot be read beside the others.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn browser_rows(&self) -> Result<Rows<KeptBrowser>, StoreError> {
        let all = "SELECT record::id(id) AS key, accounts, seen FROM browser";
        Ok(rows("browser", self.db().query(all).await?.check()?.take(0)?, read))
    }

    /// Removes browsers and writes others, all or none. One without accounts is only removed.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn change_browsers(&self, gone: &[TokenHash], kept: &[KeptBrowser]) -> Result<(), StoreError> {
        const CHANGE: &str = "FOR $key IN $gone { DELETE type::record('browser', $key) }; \
             FOR $one IN $kept { UPSERT type::record('browser', $one.key) \
             SET accounts = $one.accounts, seen = $one.seen RETURN NONE }";
        let gone: Vec<_> = gone.iter().map(TokenHash::as_hex).collect();
        let kept: Vec<_> = kept.iter().map(Row::from).collect();
        self.write(CHANGE, object! { gone: gone, kept: kept }).await
    }
}

impl From<&KeptBrowser> for Row {
    fn from(browser: &KeptBrowser) -> Self {
        Self {
            key: browser.key.as_hex(),
            accounts: browser.accounts.iter().map(|account| account.0.clone()).collect(),
            seen: browser.seen.timestamp(),
        }
    }
}

fn read(row: Row) -> Result<KeptBrowser, String> {
    Ok(KeptBrowser {
        key: hash(&row.key)?,
        accounts: row.accounts.into_iter().map(AccountId).collect(),
        seen: time(row.seen)?,
    })
}
