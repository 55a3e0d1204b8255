//! The people of the office: who may sign in, kept in memory and written through.

mod draft;
pub mod password;
mod people;
pub mod rate;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError, RwLock};

use app::account::{AccountDraft, AccountView, Caller, Person};
use app::problem::Problem;
use app::submission::AgencyCaller;
use domain::id::{AccountId, LaneId};
use domain::office::Actor;
use serde::{Deserialize, Serialize};

pub use draft::account_id;

use crate::account::password::{HashProblem, Hasher};
use crate::account::rate::Limits;
use crate::session::Sessions;
use crate::store::{Store, StoreError};
use crate::token::{Token, TokenHash};

/// An account with its password.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// What an administrator may see of it.
    #[serde(flatten)]
    pub view: AccountView,
    /// Argon2id in the PHC format.
    pub password: String,
}

/// The accounts of the office, and the sessions that belong to them.
pub struct Accounts {
    store: Store,
    sessions: Arc<Sessions>,
    hasher: Hasher,
    limits: Limits,
    book: RwLock<Arc<Book>>,
    /// One change at a time, so that two of them cannot each spare the other's administrator.
    changing: tokio::sync::Mutex<()>,
    first_link: RwLock<Option<TokenHash>>,
    /// In practice: whose password is what.
    practice: RwLock<BTreeMap<AccountId, String>>,
}

/// All accounts at one moment.
#[derive(Default)]
struct Book {
    accounts: BTreeMap<AccountId, Account>,
    names: Arc<BTreeMap<AccountId, Person>>,
}

impl Book {
    fn new(accounts: impl IntoIterator<Item = Account>) -> Self {
        let accounts: BTreeMap<_, _> = accounts.into_iter().map(|it| (it.view.id.clone(), it)).collect();
        let names = accounts.iter().map(|(id, account)| (id.clone(), account.view.person.clone())).collect();
        Self { accounts, names: Arc::new(names) }
    }

    fn has_admin(&self) -> bool {
        self.accounts.values().any(|account| account.view.admin && account.view.active)
    }
}

impl Accounts {
    /// Loads the accounts.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn open(store: Store, sessions: Arc<Sessions>) -> Result<Self, StoreError> {
        let book = Book::new(store.accounts().await?);
        Ok(Self {
            store,
            sessions,
            hasher: Hasher::default(),
            limits: Limits::default(),
            book: RwLock::new(Arc::new(book)),
            changing: tokio::sync::Mutex::default(),
            first_link: RwLock::default(),
            practice: RwLock::default(),
        })
    }

    /// Loads the accounts again, for an office whose database has several servers.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn reload(&self) -> Result<(), StoreError> {
        let _held = self.changing.lock().await;
        let book = Book::new(self.store.accounts().await?);
        self.turn_to(book);
        Ok(())
    }

    /// Who of the office an account stands for; nobody if it may not sign in, or is an agency's.
    pub fn caller(&self, id: &AccountId) -> Option<Caller> {
        let AccountView { id, person, lanes, admin, .. } =
            self.active(id).filter(|view| view.agency.is_none())?;
        Some(Caller { actor: Actor { account: id, lanes, admin, agency: None }, person })
    }

    /// Which agency an account sends reports for; none if it may not sign in, or is the office's.
    pub fn agency_caller(&self, id: &AccountId) -> Option<AgencyCaller> {
        let view = self.active(id)?;
        Some(AgencyCaller { account: view.id, agency: view.agency?, run: None })
    }

    fn active(&self, id: &AccountId) -> Option<AccountView> {
        self.book().accounts.get(id).map(|account| account.view.clone()).filter(|view| view.active)
    }

    /// Everybody of the office who may sign in, with the lanes that they work in.
    pub fn members(&self) -> Vec<(AccountId, BTreeSet<LaneId>)> {
        let views = self.book();
        let views = views.accounts.values().map(|account| &account.view);
        let views = views.filter(|view| view.active && view.agency.is_none());
        views.map(|view| (view.id.clone(), view.lanes.clone())).collect()
    }

    /// Whether anybody may administer the office.
    pub fn has_admin(&self) -> bool {
        self.book().has_admin()
    }

    /// Makes the one-time link for the first administrator; an earlier one is void.
    ///
    /// # Errors
    /// If the operating system has no randomness to give.
    pub fn make_first_link(&self) -> Result<String, getrandom::Error> {
        let token = Token::fresh()?;
        *self.first_link.write().unwrap_or_else(PoisonError::into_inner) = Some(token.hash());
        Ok(token.reveal())
    }

    /// Adds an account of the practice office, whose password everybody may know.
    ///
    /// # Errors
    /// [`Problem`] if it cannot be added. One that is there stays as it is.
    pub async fn add_practice(&self, draft: AccountDraft) -> Result<(), Problem> {
        let view = draft::read(&draft, true)?;
        let (id, password) = (view.id.clone(), draft.password);
        if !self.book().accounts.contains_key(&id) {
            self.insert(view, password.clone()).await?;
        }
        self.practice.write().unwrap_or_else(PoisonError::into_inner).insert(id, password);
        Ok(())
    }

    /// Gives an account a new password; all its sessions end.
    ///
    /// # Errors
    /// [`Problem`] if the password is too weak or there is no such account.
    pub async fn set_password(&self, id: &AccountId, password: String) -> Result<(), Problem> {
        let _held = self.changing.lock().await;
        let account = self.known(id)?;
        self.replace(account.view, Some(password), None).await
    }

    fn book(&self) -> Arc<Book> {
        Arc::clone(&self.book.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn turn_to(&self, book: Book) {
        *self.book.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(book);
    }

    fn known(&self, id: &AccountId) -> Result<Account, Problem> {
        let known = self.book().accounts.get(id).cloned();
        known.ok_or_else(|| Problem::not_found(format!("Akun {id}")))
    }

    /// Adds an account that was checked, with a password that was checked.
    async fn insert(&self, view: AccountView, password: String) -> Result<(), Problem> {
        let password = self.hasher.hash(password).await.map_err(hash_problem)?;
        let _held = self.changing.lock().await;
        let book = self.book();
        if book.accounts.contains_key(&view.id) {
            return Err(Problem::invalid(format!("Akun {} sudah ada.", view.id)));
        }
        let account = Account { view, password };
        self.store.add_account(&account).await.map_err(unwell)?;
        self.turn_to(Book::new(book.accounts.values().cloned().chain([account])));
        Ok(())
    }

    /// Writes an account that is there. The caller holds `changing`. A new password, or the
    /// end of its right to sign in, ends its sessions except `keep`.
    async fn replace(
        &self,
        view: AccountView,
        password: Option<String>,
        keep: Option<TokenHash>,
    ) -> Result<(), Problem> {
        let before = self.known(&view.id)?;
        let ends_sessions = password.is_some() || !view.active;
        let password = match password {
            None => before.password,
            Some(new) => {
                if let Some(fault) = password::fault(&new, view.id.as_str()) {
                    return Err(Problem::invalid(fault));
                }
                self.hasher.hash(new).await.map_err(hash_problem)?
            }
        };
        let account = Account { view, password };
        let id = account.view.id.clone();
        let mut accounts = self.book().accounts.clone();
        accounts.insert(id.clone(), account.clone());
        let book = Book::new(accounts.into_values());
        if before.view.admin && !book.has_admin() {
            return Err(Problem::invalid("Harus ada paling sedikit satu administrator yang aktif."));
        }
        self.store.change_account(&account).await.map_err(unwell)?;
        self.turn_to(book);
        if ends_sessions {
            self.sessions.end_of(&id, keep).await.map_err(unwell)?;
        }
        Ok(())
    }
}

fn unwell(error: impl std::fmt::Display) -> Problem {
    tracing::error!(%error, "accounts: a change or a session could not be kept");
    Problem::Unwell
}

fn hash_problem(problem: HashProblem) -> Problem {
    match problem {
        HashProblem::Busy => Problem::TooMany { seconds: 5 },
        HashProblem::Failed(why) => {
            tracing::error!(why, "accounts: hashing failed");
            Problem::Unwell
        }
    }
}
