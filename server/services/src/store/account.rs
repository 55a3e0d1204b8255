//! Accounts in the database.

use desk::account::{AccountView, Person};
use domain::id::{AccountId, AgencyCode, LaneId};
use surrealdb::types::{SurrealValue, object};

use super::row::{Rows, rows};
use super::{Store, StoreError};
use crate::account::Account;

#[derive(SurrealValue)]
struct Row {
    id: String,
    name: String,
    title: String,
    lanes: Vec<String>,
    admin: bool,
    agency: Option<String>,
    active: bool,
    password: String,
    change_first: Option<bool>,
}

impl From<Row> for Account {
    fn from(row: Row) -> Self {
        let view = AccountView {
            id: AccountId(row.id),
            person: Person { name: row.name, title: row.title },
            lanes: row.lanes.into_iter().map(LaneId).collect(),
            admin: row.admin,
            agency: row.agency.map(AgencyCode),
            active: row.active,
        };
        Self { view, password: row.password, change_first: row.change_first.unwrap_or_default() }
    }
}

#[derive(SurrealValue)]
struct Content {
    name: String,
    title: String,
    lanes: Vec<String>,
    admin: bool,
    agency: Option<String>,
    active: bool,
    password: String,
    change_first: Option<bool>,
}

impl From<&Account> for Content {
    fn from(account: &Account) -> Self {
        let view = &account.view;
        Self {
            name: view.person.name.clone(),
            title: view.person.title.clone(),
            lanes: view.lanes.iter().map(|lane| lane.0.clone()).collect(),
            admin: view.admin,
            agency: view.agency.as_ref().map(|agency| agency.0.clone()),
            active: view.active,
            password: account.password.clone(),
            change_first: Some(account.change_first).filter(|first| *first),
        }
    }
}

impl Store {
    /// Every account, by id.
    ///
    /// # Errors
    /// If the database cannot be read, or one of them: without it somebody could not sign in.
    pub async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        Ok(self.account_rows().await?.whole()?)
    }

    pub(super) async fn account_rows(&self) -> Result<Rows<Account>, StoreError> {
        let all = "SELECT *, record::id(id) AS id, record::id(id) AS key FROM account ORDER BY id";
        let values = self.db().query(all).await?.check()?.take(0)?;
        Ok(rows("account", values, |row: Row| Ok(row.into())))
    }

    /// Adds an account.
    ///
    /// # Errors
    /// If there is one of that name, or the database cannot be written.
    pub async fn add_account(&self, account: &Account) -> Result<(), StoreError> {
        self.write_account("CREATE type::record('account', $id) CONTENT $content RETURN NONE", account).await
    }

    /// Changes an account that is there.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn change_account(&self, account: &Account) -> Result<(), StoreError> {
        self.write_account("UPDATE type::record('account', $id) CONTENT $content RETURN NONE", account).await
    }

    async fn write_account(&self, statement: &'static str, account: &Account) -> Result<(), StoreError> {
        let values = object! { id: account.view.id.0.clone(), content: Content::from(account) };
        self.write(statement, values).await?;
        if account.view.admin && account.view.active { self.remember_admin().await } else { Ok(()) }
    }
}
