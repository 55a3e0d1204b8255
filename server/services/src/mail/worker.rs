//! Sends what is due, one mail after the other, during office hours.
//!
//! A mail is *waiting* until the mail server has said that it wants the text; then it is noted,
//! durably, as *sending*, and the text goes. If the answer comes, it is *sent*, or waits again,
//! or has *failed*. If the answer is lost, by a broken line or because this program was killed,
//! nobody knows; the mail is tried once more with the same message id and marked so, and if
//! that answer is lost as well it is *uncertain* and left alone.
//!
//! A mail over which the server breaks off before it takes the text has not gone, for certain. It
//! is put off like one that the server puts off itself, so that it stands in nobody's way.

use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use desk::reminder::LetterState;
use domain::reminder::{Members, Words, Worth, due, worth};
use lettre::Address;
use thiserror::Error;
use tokio::time::sleep;

use super::smtp::{NotTaken, Talk};
use super::{Mailroom, Sender};
use crate::store::StoreError;
use crate::store::outbox::{GIVEN_UP, KeptLetter};

/// How often it is looked whether something is due, if nobody says so.
const LOOK: Duration = Duration::from_secs(5);
/// The pause after the mail server could not be reached; it doubles each time.
const SHORTEST_PAUSE: Duration = Duration::from_secs(1);
/// The longest such pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(5 * 60);
/// The pauses after the mail server has put off a mail, in minutes; after the last it has failed.
const PUT_OFF: [i64; 5] = [1, 5, 15, 60, 240];
/// After so many mails in a row over which the server broke off, it is the server and not they.
const BROKEN_OFF: usize = 3;

/// Why a round ended early.
#[derive(Debug, Error)]
pub enum Trouble {
    /// The database failed.
    #[error("basis data: {0}")]
    Store(#[from] StoreError),
    /// The mail server does not do what it should.
    #[error("{0}")]
    Server(String),
}

/// How it went with a mail.
enum Outcome {
    /// It went, waits, or has failed, and the next has its turn.
    Over,
    /// The server broke off over it; it waits.
    BrokenOff(String),
}

impl Mailroom {
    /// Works until it is told to stop.
    pub async fn work(self: Arc<Self>) {
        if self.sender.is_none() {
            return;
        }
        let mut pause = SHORTEST_PAUSE;
        while !self.stopping.load(Ordering::Relaxed) {
            let wait = match self.round().await {
                Ok(()) => {
                    pause = SHORTEST_PAUSE;
                    LOOK
                }
                Err(trouble) => {
                    tracing::warn!(%trouble, seconds = pause.as_secs(), "mail fails; it is tried again");
                    let wait = pause;
                    pause = (pause * 2).min(LONGEST_PAUSE);
                    wait
                }
            };
            tokio::select! {
                () = self.wake.notified() => {}
                () = sleep(wait) => {}
            }
        }
    }

    /// Finds what is due, and sends what waits. Nothing if no mail server was told.
    ///
    /// # Errors
    /// [`Trouble`], if mails are left that could not even be tried.
    pub async fn round(&self) -> Result<(), Trouble> {
        let Some(sender) = &self.sender else { return Ok(()) };
        let done = self.try_round(sender).await;
        self.note_trouble(done.as_ref().err().map(ToString::to_string));
        done
    }

    fn note_trouble(&self, why: Option<String>) {
        let mut trouble = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
        let since = trouble.as_ref().map_or_else(|| self.desk.now(), |(since, _)| *since);
        *trouble = why.map(|why| (since, why));
    }

    async fn try_round(&self, sender: &Sender) -> Result<(), Trouble> {
        if self.store.is_remote() {
            self.reload().await?;
        }
        self.free_stuck().await?;
        let members = self.members();
        self.find(&members).await?;
        let (mut talk, mut broken_off) = (None, 0);
        let waiting = self.store.waiting_letters(self.desk.now()).await?;
        for kept in waiting.read {
            let _busy = self.busy.lock().await;
            if self.stopping.load(Ordering::Relaxed) || self.closed().is_some() {
                break;
            }
            match self.send(sender, &members, &kept, &mut talk).await? {
                Outcome::Over => broken_off = 0,
                Outcome::BrokenOff(why) => broken_off = Self::once_more(broken_off, why)?,
            }
        }
        if let Some(talk) = talk {
            talk.end().await;
        }
        // The others have gone. This one stays, and everybody who looks at reminders hears of it.
        match waiting.unreadable.into_iter().next() {
            Some(row) => Err(StoreError::from(row).into()),
            None => Ok(()),
        }
    }

    /// Counts the mails in a row over which the server broke off.
    fn once_more(broken_off: usize, why: String) -> Result<usize, Trouble> {
        if broken_off + 1 < BROKEN_OFF { Ok(broken_off + 1) } else { Err(Trouble::Server(why)) }
    }

    /// Frees what was being sent when a server was killed. On a database of its own nobody else
    /// can be sending, and nothing is from before this start after the first look.
    async fn free_stuck(&self) -> Result<(), StoreError> {
        let before = match (self.store.is_remote(), self.looked.load(Ordering::Relaxed)) {
            (true, _) => self.desk.now() - GIVEN_UP,
            (false, false) => DateTime::<Utc>::MAX_UTC,
            (false, true) => return Ok(()),
        };
        for kept in self.store.stuck_letters(before).await?.readable() {
            self.lost(&kept, "Alur berhenti sebelum jawaban server surel diterima").await?;
        }
        self.looked.store(true, Ordering::Relaxed);
        Ok(())
    }

    /// Puts what is due, and can be delivered, into the outbox.
    async fn find(&self, members: &Members) -> Result<(), StoreError> {
        let (office, now) = (self.desk.office(), self.desk.now());
        let rules = self.rules_now()?;
        let Ok(found) = due(&office, members, &rules, now) else { return Ok(()) };
        let addresses = self.addresses_now();
        for reminder in found.iter().filter(|reminder| addresses.contains_key(&reminder.to)) {
            let key = reminder.key();
            let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).contains(&key);
            if known {
                continue;
            }
            self.store.enqueue(reminder, None, now).await?;
            self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(key);
        }
        Ok(())
    }

    /// Sends one mail, if it is still wanted.
    async fn send(
        &self,
        sender: &Sender,
        members: &Members,
        kept: &KeptLetter,
        talk: &mut Option<Talk>,
    ) -> Result<Outcome, Trouble> {
        let (office, now) = (self.desk.office(), self.desk.now());
        let (reminder, key) = (&kept.letter.reminder, kept.letter.reminder.key());
        match worth(&office, members, reminder, now) {
            Worth::Yes => {}
            Worth::Later => return Ok(Outcome::Over),
            Worth::No(why) => {
                self.store.end_letter(&key, LetterState::Dropped, why, now).await?;
                return Ok(Outcome::Over);
            }
        }
        let address = self.addresses_now().get(&reminder.to).cloned();
        let words = Words { office: &office, site: self.site.as_deref(), practice: self.practice, now };
        let Some((address, mail)) = address.zip(words.mail(reminder)) else {
            self.store.end_letter(&key, LetterState::Dropped, "alamatnya dihapus", now).await?;
            return Ok(Outcome::Over);
        };
        let Ok(to) = address.parse::<Address>() else {
            tracing::error!(key, "an address for mail cannot be read");
            let why = "alamat surelnya tidak dapat dibaca; isi lagi alamat itu";
            self.store.end_letter(&key, LetterState::Failed, why, now).await?;
            return Ok(Outcome::Over);
        };
        let begun = office.runs.get(&reminder.run).map_or(0, |run| run.started.at.timestamp_millis());
        let text = super::compose::compose(&sender.from, &to, &mail, &format!("{begun}.{key}"), now);
        let text = match text {
            Ok(text) => text,
            Err(error) => {
                tracing::error!(%error, key, "a mail could not be put together");
                self.store.end_letter(&key, LetterState::Failed, "surel tidak dapat disusun", now).await?;
                return Ok(Outcome::Over);
            }
        };
        let mut open = match talk.take() {
            Some(open) => open,
            None => Talk::begin(&sender.server, sender.from.email.domain()).await.map_err(Trouble::Server)?,
        };
        match open.offer(&sender.from.email, &to).await {
            Ok(()) => {}
            Err(NotTaken::Broken(why)) => return Err(Trouble::Server(why)),
            Err(NotTaken::Dropped(why)) => {
                self.refused(kept, LetterState::Waiting, false, &why).await?;
                return Ok(Outcome::BrokenOff(why));
            }
            Err(NotTaken::Refused { for_good, said }) => {
                *talk = Some(open);
                return self.refused(kept, LetterState::Waiting, for_good, &said).await;
            }
        }
        // From here on it may go; if another server has taken it, the line is dropped unused.
        if !self.store.claim_letter(&key, now).await? {
            return Ok(Outcome::Over);
        }
        match open.text(&text).await {
            Ok(said) => {
                *talk = Some(open);
                self.store.settle_letter(&key, LetterState::Sent, &said, self.desk.now()).await?;
                tracing::info!(key, "a mail was sent");
                Ok(Outcome::Over)
            }
            Err(NotTaken::Refused { for_good, said }) => {
                *talk = Some(open);
                self.refused(kept, LetterState::Sending, for_good, &said).await
            }
            Err(NotTaken::Dropped(why) | NotTaken::Broken(why)) => {
                self.lost(kept, &why).await?;
                Err(Trouble::Server(why))
            }
        }
    }

    /// The mail server said no: try again later, or never.
    async fn refused(
        &self,
        kept: &KeptLetter,
        was: LetterState,
        for_good: bool,
        said: &str,
    ) -> Result<Outcome, Trouble> {
        let (key, now) = (kept.letter.reminder.key(), self.desk.now());
        let tried = usize::try_from(kept.letter.tries).unwrap_or(usize::MAX);
        let pause = PUT_OFF.get(tried).filter(|_| !for_good);
        tracing::warn!(key, said, for_good, "the mail server refused a mail");
        match (pause, was) {
            (Some(minutes), _) => {
                let until = now + TimeDelta::minutes(*minutes);
                self.store.postpone_letter(&key, said, until, was).await?;
            }
            (None, LetterState::Sending) => {
                self.store.settle_letter(&key, LetterState::Failed, said, now).await?;
            }
            (None, _) => {
                self.store.end_letter(&key, LetterState::Failed, said, now).await?;
            }
        }
        Ok(Outcome::Over)
    }

    /// The answer to a mail was lost: once more, or left alone.
    async fn lost(&self, kept: &KeptLetter, why: &str) -> Result<(), StoreError> {
        let key = kept.letter.reminder.key();
        let again = self.store.repeat_letter(&key, why).await?;
        tracing::warn!(key, why, again, "the answer to a mail was lost");
        if !again {
            self.store.settle_letter(&key, LetterState::Uncertain, why, self.desk.now()).await?;
        }
        Ok(())
    }
}
