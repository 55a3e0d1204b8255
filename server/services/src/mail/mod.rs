//! Mail: whom reminders reach, what is to go, and the worker that sends it.
//!
//! What is due is decided by `domain::reminder`. Here it is put into the outbox under its key,
//! once for ever, and taken from there to the mail server during office hours.

mod alarm;
mod compose;
mod port;
mod smtp;
mod worker;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use chrono::{DateTime, Utc};
use desk::office::Desk;
use desk::problem::Problem;
use domain::id::LaneId;
use domain::reminder::{Member, Members, Rules, To};
use lettre::message::Mailbox;
use tokio::sync::Notify;

pub(crate) use port::read_address;
pub use smtp::MailServer;
pub use worker::Trouble;

use crate::account::Accounts;
use crate::store::{Store, StoreError, Unreadable};

/// Where mail goes, and in whose name.
#[derive(Clone, Debug)]
pub struct Sender {
    /// Where it is handed in.
    pub server: MailServer,
    /// Whom it is from.
    pub from: Mailbox,
}

/// The mailroom of the office.
pub struct Mailroom {
    store: Store,
    desk: Arc<dyn Desk>,
    accounts: Arc<Accounts>,
    /// `None`: no mail is sent.
    sender: Option<Sender>,
    /// How people reach Alur, without a slash at its end.
    site: Option<String>,
    practice: bool,
    addresses: RwLock<Arc<BTreeMap<To, String>>>,
    /// An error: it cannot be read what is decided, so nothing goes by itself.
    rules: RwLock<Result<Arc<Rules>, Unreadable>>,
    /// Since when the mail server does not do what it should, and why.
    trouble: Mutex<Option<(DateTime<Utc>, String)>>,
    /// What was put into the outbox since the start; the database knows the rest.
    known: Mutex<HashSet<String>>,
    /// Something may be due.
    wake: Notify,
    /// Whether it was looked for what an earlier run of the program left in sending.
    looked: AtomicBool,
    stopping: AtomicBool,
    /// Held while a mail is on its way.
    busy: tokio::sync::Mutex<()>,
    /// One change at a time.
    changing: tokio::sync::Mutex<()>,
}

/// How the mailroom is set up.
pub struct Setup {
    /// Where mail goes; `None`: nowhere.
    pub sender: Option<Sender>,
    /// How people reach Alur, without a slash at its end.
    pub site: Option<String>,
    /// Whether nothing here counts.
    pub practice: bool,
}

impl Mailroom {
    /// Loads addresses and rules.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn open(
        store: Store,
        desk: Arc<dyn Desk>,
        accounts: Arc<Accounts>,
        setup: Setup,
    ) -> Result<Self, StoreError> {
        let Setup { sender, site, practice } = setup;
        let room = Self {
            store,
            desk,
            accounts,
            sender,
            site,
            practice,
            addresses: RwLock::default(),
            rules: RwLock::new(Ok(Arc::default())),
            trouble: Mutex::default(),
            known: Mutex::default(),
            wake: Notify::new(),
            looked: AtomicBool::new(false),
            stopping: AtomicBool::new(false),
            busy: tokio::sync::Mutex::default(),
            changing: tokio::sync::Mutex::default(),
        };
        room.reload().await?;
        Ok(room)
    }

    /// Loads them again, for an office whose database has several servers.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn reload(&self) -> Result<(), StoreError> {
        let _held = self.changing.lock().await;
        let addresses = self.store.addresses().await?;
        let addresses = addresses.into_iter().map(|kept| (kept.of, kept.mail)).collect();
        *self.addresses.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(addresses);
        self.reload_rules().await
    }

    /// Lets no further mail begin, and waits until the one that is on its way has ended.
    pub async fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
        self.wake.notify_one();
        drop(self.busy.lock().await);
    }

    /// The caller holds `changing`.
    async fn reload_rules(&self) -> Result<(), StoreError> {
        let rules = match self.store.reminding().await {
            Ok(rules) => Ok(Arc::new(rules)),
            Err(StoreError::Unreadable(row)) => {
                tracing::error!(%row, "no reminder goes by itself until this row is mended");
                Err(row)
            }
            Err(error) => return Err(error),
        };
        *self.rules.write().unwrap_or_else(PoisonError::into_inner) = rules;
        Ok(())
    }

    fn addresses_now(&self) -> Arc<BTreeMap<To, String>> {
        Arc::clone(&self.addresses.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn rules_now(&self) -> Result<Arc<Rules>, StoreError> {
        Ok(self.rules.read().unwrap_or_else(PoisonError::into_inner).clone()?)
    }

    /// Everybody of the office who may sign in and has an address.
    fn members(&self) -> Members {
        let addresses = self.addresses_now();
        let member = |(account, lanes): (domain::id::AccountId, BTreeSet<LaneId>)| {
            let has = addresses.contains_key(&To::Account(account.clone()));
            has.then_some((account, Member { lanes }))
        };
        self.accounts.members().into_iter().filter_map(member).collect()
    }
}

fn unwell(error: impl std::fmt::Display) -> Problem {
    tracing::error!(%error, "mail: the database failed");
    Problem::Unwell
}
