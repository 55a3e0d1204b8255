//! Sessions: who is signed in, kept in memory and written through.

pub mod layer;

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use chrono::{DateTime, TimeDelta, Utc};
use domain::id::AccountId;
use thiserror::Error;
use tokio::sync::watch;

use crate::live::SessionEnd;
use crate::store::session::KeptSession;
use crate::store::{Store, StoreError};
use crate::token::{Token, TokenHash};

/// A session ends when it was not used for so long,
const IDLE: TimeDelta = TimeDelta::hours(12);
/// and after so long in any case.
const LONGEST: TimeDelta = TimeDelta::days(7);
/// How old its last known use must be before a new one is written down.
const NOTE_EVERY: TimeDelta = TimeDelta::minutes(5);
/// How many sessions an account may have; a further one ends the one not used for longest.
const PER_ACCOUNT: usize = 50;

/// Every session of the office.
pub struct Sessions {
    store: Store,
    open: RwLock<HashMap<TokenHash, Open>>,
}

struct Open {
    kept: KeptSession,
    /// Dropped with the session: whoever listens learns of its end that way.
    alive: watch::Sender<bool>,
}

/// The session that a request came with.
#[derive(Clone, Debug)]
pub struct Present {
    /// Which one.
    pub key: TokenHash,
    /// Whose it is.
    pub account: AccountId,
    /// Tells when it ends.
    pub end: SessionEnd,
}

/// Why a session could not begin.
#[derive(Debug, Error)]
pub enum BeginProblem {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The operating system has no randomness to give.
    #[error("no randomness from the operating system: {0}")]
    Random(#[from] getrandom::Error),
}

impl Sessions {
    /// Loads the sessions that have not ended.
    ///
    /// # Errors
    /// If the database cannot be read or written.
    pub async fn open(store: Store, now: DateTime<Utc>) -> Result<Self, StoreError> {
        // One that cannot be read has ended: whose it was signs in again.
        let kept = store.session_rows().await?.readable();
        let open = kept.into_iter().map(|kept| (kept.key, Open::new(kept))).collect();
        let sessions = Self { store, open: RwLock::new(open) };
        sessions.sweep(now).await?;
        Ok(sessions)
    }

    /// Begins a session. The answer is the value of its cookie.
    ///
    /// # Errors
    /// [`BeginProblem`]; there is no session then.
    pub async fn begin(&self, account: &AccountId, now: DateTime<Utc>) -> Result<Token, BeginProblem> {
        let token = Token::fresh()?;
        let kept = KeptSession { key: token.hash(), account: account.clone(), begun: now, seen: now };
        let surplus = self.surplus(account);
        self.store.add_session(&kept).await?;
        self.write().insert(kept.key, Open::new(kept));
        self.end_all(surplus).await?;
        Ok(token)
    }

    /// The session that this cookie value stands for, if it has not ended. Its use is noted.
    pub fn present(self: &Arc<Self>, cookie: &str, now: DateTime<Utc>) -> Option<Present> {
        let key = TokenHash::of(cookie);
        let (present, seen) = {
            let all = self.read();
            let open = all.get(&key).filter(|open| !open.is_over(now))?;
            let end = SessionEnd(open.alive.subscribe());
            (Present { key, account: open.kept.account.clone(), end }, open.kept.seen)
        };
        if now - seen >= NOTE_EVERY {
            self.note(key, now);
        }
        Some(present)
    }

    /// Ends a session.
    ///
    /// # Errors
    /// If the database cannot be written. Here it has ended all the same.
    pub async fn end(&self, key: TokenHash) -> Result<(), StoreError> {
        self.end_all(vec![key]).await
    }

    /// Ends every session of an account, except one.
    ///
    /// # Errors
    /// As [`Sessions::end`].
    pub async fn end_of(&self, account: &AccountId, keep: Option<TokenHash>) -> Result<(), StoreError> {
        let of_account = |open: &&Open| open.kept.account == *account && Some(open.kept.key) != keep;
        let keys = self.read().values().filter(of_account).map(|open| open.kept.key).collect();
        self.end_all(keys).await
    }

    /// Ends the sessions whose time is over.
    ///
    /// # Errors
    /// As [`Sessions::end`].
    pub async fn sweep(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let over = |open: &&Open| open.is_over(now);
        let keys = self.read().values().filter(over).map(|open| open.kept.key).collect();
        self.end_all(keys).await
    }

    /// Takes over what other servers on the same database have begun and ended.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn reload(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let kept: HashMap<_, _> =
            self.store.session_rows().await?.readable().into_iter().map(|kept| (kept.key, kept)).collect();
        let mut open = self.write();
        // One that begins here at this moment may not be in what was read.
        open.retain(|key, open| kept.contains_key(key) || now - open.kept.begun < TimeDelta::seconds(30));
        for (key, kept) in kept {
            let entry = open.entry(key).or_insert_with(|| Open::new(kept.clone()));
            entry.kept.seen = entry.kept.seen.max(kept.seen);
        }
        Ok(())
    }

    /// How many are open.
    pub fn count(&self) -> usize {
        self.read().len()
    }

    fn note(self: &Arc<Self>, key: TokenHash, now: DateTime<Utc>) {
        if let Some(open) = self.write().get_mut(&key) {
            open.kept.seen = now;
        }
        let store = self.store.clone();
        tokio::spawn(async move {
            if let Err(error) = store.touch_session(key, now).await {
                tracing::warn!(%error, "the use of a session could not be noted");
            }
        });
    }

    fn surplus(&self, account: &AccountId) -> Vec<TokenHash> {
        let all = self.read();
        let mut of_account: Vec<_> =
            all.values().map(|open| &open.kept).filter(|it| it.account == *account).collect();
        of_account.sort_unstable_by_key(|kept| std::cmp::Reverse(kept.seen));
        of_account.iter().skip(PER_ACCOUNT - 1).map(|kept| kept.key).collect()
    }

    async fn end_all(&self, keys: Vec<TokenHash>) -> Result<(), StoreError> {
        if keys.is_empty() {
            return Ok(());
        }
        {
            let mut open = self.write();
            for key in &keys {
                open.remove(key);
            }
        }
        self.store.end_sessions(&keys).await
    }

    fn read(&self) -> RwLockReadGuard<'_, HashMap<TokenHash, Open>> {
        self.open.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, HashMap<TokenHash, Open>> {
        self.open.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    fn new(kept: KeptSession) -> Self {
        Self { kept, alive: watch::Sender::new(false) }
    }

    fn is_over(&self, now: DateTime<Utc>) -> bool {
        now - self.kept.seen >= IDLE || now - self.kept.begun >= LONGEST
    }
}
