//! Accounts in the database.

use app::account::{AccountView, Person};
use domain::id::{AccountId, AgencyCode, LaneId};
use surrealdb::types::{SurrealValue, object};

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
        Self { view, password: row.password }
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
        }
    }
}

impl Store {
    /// Every account, by id.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let all = "SELECT *, record::id(id) AS id FROM account ORDER BY id";
        let rows: Vec<Row> = self.db().query(all).await?.check()?.take(0)?;
        Ok(rows.into_iter().map(Account::from).collect())
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
        self.write(statement, object! { id: account.view.id.0.clone(), content: Content::from(account) })
            .await
    }
}
