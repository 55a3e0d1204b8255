//! The people of the office: who may sign in, kept in memory and written through.

pub(crate) mod alike;
mod browsers;
mod draft;
mod link;
pub mod password;
mod people;
pub mod rate;
mod slips;
pub mod strength;
pub mod tries;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use chrono::{DateTime, Utc};
use desk::account::{AccountDraft, AccountView, Caller, Person};
use desk::problem::Problem;
use desk::report::AgencyCaller;
use domain::agency::Agency;
use domain::id::{AccountId, LaneId};
use domain::office::Actor;
use serde::{Deserialize, Serialize};

pub use draft::account_id;

use crate::account::browsers::Browsers;
use crate::account::password::{HashProblem, Hasher};
use crate::account::slips::Slips;
use crate::account::tries::Tries;
use crate::session::Sessions;
use crate::store::{Store, StoreError};
use crate::token::{Token, TokenHash};

/// An account with its password.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// What an administrator may see of it.
    #[serde(flatten)]
    pub view: AccountView,
    /// Argon2id in the PHC format; empty until the person has set one.
    pub password: String,
    /// Whether somebody else gave it, so that it has to be changed at the next sign-in.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub change_first: bool,
}

/// What is changed of an account beside what an administrator sees of it.
#[derive(Default)]
struct Changed {
    /// The hash of a new password; empty takes it away.
    password: Option<String>,
    /// Whether the new password has to be changed at the next sign-in.
    change_first: bool,
    /// The session and the browser that stay as they are.
    keep: Option<(TokenHash, Option<String>)>,
    /// Whether the account's calendar address is void.
    ends_feed: bool,
}

/// The accounts of the office, and the sessions that belong to them.
pub struct Accounts {
    store: Store,
    sessions: Arc<Sessions>,
    hasher: Hasher,
    tries: Tries,
    browsers: Browsers,
    slips: Slips,
    book: RwLock<Arc<Book>>,
    /// One change at a time, so that two of them cannot each spare the other's administrator.
    changing: tokio::sync::Mutex<()>,
    first_link: RwLock<Option<TokenHash>>,
    /// Says which agencies there are, once the office is open.
    agencies: OnceLock<Box<dyn Fn() -> Vec<Agency> + Send + Sync>>,
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
            browsers: Browsers::open(store.clone()).await?,
            store,
            sessions,
            hasher: Hasher::default(),
            tries: Tries::default(),
            slips: Slips::default(),
            book: RwLock::new(Arc::new(book)),
            changing: tokio::sync::Mutex::default(),
            first_link: RwLock::default(),
            agencies: OnceLock::new(),
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
        self.browsers.reload().await
    }

    /// Forgets links and browsers whose time is over.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn sweep(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.sweep_links(now).await?;
        self.browsers.sweep(now).await
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

    /// Everybody who may administer the office.
    pub fn admins(&self) -> Vec<AccountId> {
        let book = self.book();
        let views = book.accounts.values().map(|account| &account.view);
        views.filter(|view| view.admin && view.active).map(|view| view.id.clone()).collect()
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

    /// Says where the names of agencies are known: nobody takes them as a password.
    pub fn know_agencies(&self, agencies: impl Fn() -> Vec<Agency> + Send + Sync + 'static) {
        // Said once, when the office is opened.
        drop(self.agencies.set(Box::new(agencies)));
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

    /// Adds an account for whoever works at the machine itself. A password that is given has to be
    /// changed at the first sign-in, unless the account is the first administrator's. The answer is
    /// whether it has to.
    ///
    /// # Errors
    /// [`Problem`] if it cannot be added.
    pub async fn add_by_operator(&self, draft: AccountDraft) -> Result<bool, Problem> {
        let view = draft::read(&draft, true)?;
        let hash = self.judged_and_hashed(&view, draft.password).await?;
        let change_first = !view.admin || self.has_admin();
        self.keep(Account { view, password: hash, change_first }).await?;
        Ok(change_first)
    }

    /// Gives an account a new password, to be changed at the next sign-in; all its sessions end.
    ///
    /// # Errors
    /// [`Problem`] if the password is too weak or there is no such account.
    pub async fn set_password(&self, id: &AccountId, password: String) -> Result<(), Problem> {
        let _held = self.changing.lock().await;
        let view = self.known(id)?.view;
        let hash = self.judged_and_hashed(&view, password).await?;
        self.replace(view, Changed { password: Some(hash), change_first: true, ..Changed::default() }).await
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

    /// Keeps an account that was checked, with a password that was checked.
    async fn insert(&self, view: AccountView, password: String) -> Result<(), Problem> {
        let password = match password.as_str() {
            "" => String::new(),
            _ => self.hasher.hash(password).await.map_err(hash_problem)?,
        };
        self.keep(Account { view, password, change_first: false }).await
    }

    /// Keeps a new account.
    async fn keep(&self, account: Account) -> Result<(), Problem> {
        let _held = self.changing.lock().await;
        let book = self.book();
        if book.accounts.contains_key(&account.view.id) {
            return Err(Problem::invalid(format!("Akun {} sudah ada.", account.view.id)));
        }
        self.store.add_account(&account).await.map_err(unwell)?;
        self.turn_to(Book::new(book.accounts.values().cloned().chain([account])));
        Ok(())
    }

    /// The hash of a new password that is good enough for this account.
    async fn judged_and_hashed(&self, view: &AccountView, password: String) -> Result<String, Problem> {
        let fault = self.hasher.judge(password.clone(), self.known_of(view)).await.map_err(hash_problem)?;
        if let Some(fault) = fault {
            return Err(Problem::invalid(fault));
        }
        self.hasher.hash(password).await.map_err(hash_problem)
    }

    /// What everybody knows of an account, and so tries as its password.
    fn known_of(&self, view: &AccountView) -> Vec<String> {
        let AccountView { id, person, agency, .. } = view;
        let mut known = vec![id.to_string(), person.name.clone(), person.title.clone()];
        let agencies = self.agencies.get().map(|agencies| agencies());
        let of = agency.iter().flat_map(|code| {
            let named = agencies.iter().flatten().find(|agency| agency.code == *code);
            let names = named.map(|agency| [agency.name.clone(), agency.short.clone()]);
            std::iter::once(code.to_string()).chain(names.into_iter().flatten())
        });
        known.extend(of);
        known
    }

    /// Writes an account that is there. The caller holds `changing`. A new password, or the
    /// end of its right to sign in, ends its sessions and makes its browsers strangers, except those
    /// that are kept.
    async fn replace(&self, view: AccountView, changed: Changed) -> Result<(), Problem> {
        let Changed { password, change_first, keep, ends_feed } = changed;
        let before = self.known(&view.id)?;
        let ends_sessions = password.is_some() || !view.active;
        let account = match password {
            None => Account { view, password: before.password, change_first: before.change_first },
            Some(password) => Account { view, password, change_first },
        };
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
            let (session, browser) = keep.unzip();
            self.sessions.end_of(&id, session).await.map_err(unwell)?;
            self.browsers.forget(&id, browser.flatten().as_deref()).await.map_err(unwell)?;
        }
        if ends_feed {
            self.store.revoke_feed(&id).await.map_err(unwell)?;
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
