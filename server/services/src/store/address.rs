//! Mail addresses in the database.

use domain::id::{AccountId, AgencyCode};
use domain::reminder::To;
use serde::{Deserialize, Serialize};
use surrealdb::types::{SurrealValue, object};

use super::row::{Rows, rows};
use super::{Store, StoreError};

/// An address as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptAddress {
    /// Whose it is.
    pub of: To,
    /// The address.
    pub mail: String,
}

#[derive(SurrealValue)]
struct Row {
    key: String,
    mail: String,
}

impl Store {
    /// Every address.
    ///
    /// # Errors
    /// If the database cannot be read, or one of them: without it somebody would not be told.
    pub async fn addresses(&self) -> Result<Vec<KeptAddress>, StoreError> {
        Ok(self.address_rows().await?.whole()?)
    }

    pub(super) async fn address_rows(&self) -> Result<Rows<KeptAddress>, StoreError> {
        let all = "SELECT record::id(id) AS key, mail FROM address ORDER BY key";
        let values = self.db().query(all).await?.check()?.take(0)?;
        let read = |Row { key, mail }| {
            let of = owner(&key).ok_or("kuncinya bukan PD atau akun")?;
            Ok(KeptAddress { of, mail })
        };
        Ok(rows("address", values, read))
    }

    /// Keeps an address in the place of an earlier one.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn put_address(&self, of: &To, mail: &str) -> Result<(), StoreError> {
        const PUT: &str = "UPSERT type::record('address', $key) SET mail = $mail RETURN NONE";
        self.write(PUT, object! { key: key(of), mail: mail.to_owned() }).await
    }

    /// Forgets an address.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn forget_address(&self, of: &To) -> Result<(), StoreError> {
        self.write("DELETE type::record('address', $key)", object! { key: key(of) }).await
    }
}

fn key(of: &To) -> String {
    match of {
        To::Agency(code) => format!("pd:{code}"),
        To::Account(account) => format!("akun:{account}"),
    }
}

fn owner(key: &str) -> Option<To> {
    match key.split_once(':')? {
        ("pd", code) => Some(To::Agency(AgencyCode::from(code))),
        ("akun", account) => Some(To::Account(AccountId::from(account))),
        _ => None,
    }
}
