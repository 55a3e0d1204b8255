//! Mails that are to go, in the database. Every change of state is compare-and-set, so that
//! two servers never send the same one.

use chrono::{DateTime, TimeDelta, Utc};
use desk::reminder::{Letter, LetterState};
use domain::id::{AccountId, RunId};
use domain::reminder::Reminder;
use serde::{Deserialize, Serialize};
use surrealdb::types::{Object, SurrealValue, object};

use super::row::{Rows, document, rows};
use super::{Store, StoreError};

/// A mail as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptLetter {
    /// As people see it.
    #[serde(flatten)]
    pub letter: Letter,
    /// It is not tried before this moment.
    pub not_before: DateTime<Utc>,
    /// Since when it is being sent.
    pub sending_at: Option<DateTime<Utc>>,
}

#[derive(SurrealValue)]
struct Row {
    key: String,
    reminder: String,
    state: String,
    repeated: bool,
    tries: i64,
    note: String,
    made_by: Option<String>,
    made_at: i64,
    not_before: i64,
    sending_at: Option<i64>,
    done_at: Option<i64>,
}

#[derive(SurrealValue)]
struct Touched {
    tries: i64,
}

impl Store {
    /// Puts a reminder among the mails that are to go; whether it was not there before.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn enqueue(
        &self,
        reminder: &Reminder,
        by: Option<&AccountId>,
        at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        const INSERT: &str = "INSERT IGNORE INTO outbox { id: $key, run: $run, reminder: $reminder, \
             state: 'waiting', repeated: false, tries: 0, note: '', made_by: $by, made_at: $at, \
             not_before: $at } RETURN tries";
        let values = object! {
            key: reminder.key(),
            run: i64::from(reminder.run.0),
            reminder: serde_json::to_string(reminder)?,
            by: by.map(|by| by.0.clone()),
            at: at.timestamp_millis(),
        };
        self.changed(INSERT, values).await
    }

    /// The mails that may go now, the oldest first.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn waiting_letters(&self, now: DateTime<Utc>) -> Result<Rows<KeptLetter>, StoreError> {
        let waiting = "SELECT *, record::id(id) AS key FROM outbox WHERE state = 'waiting' AND not_before <= $now \
             ORDER BY made_at, reminder";
        let answer = self.db().query(waiting).bind(("now", now.timestamp_millis())).await?;
        Ok(rows("outbox", answer.check()?.take(0)?, read))
    }

    /// Every mail about a run, the newest first.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn letters(&self, run: RunId) -> Result<Vec<KeptLetter>, StoreError> {
        let all =
            "SELECT *, record::id(id) AS key FROM outbox WHERE run = $run ORDER BY made_at DESC, reminder";
        let answer = self.db().query(all).bind(("run", i64::from(run.0))).await?;
        Ok(rows("outbox", answer.check()?.take(0)?, read).whole()?)
    }

    /// Every mail there is, for a backup.
    ///
    /// # Errors
    /// If the database cannot be read, or one of them.
    pub async fn all_letters(&self) -> Result<Vec<KeptLetter>, StoreError> {
        Ok(self.letter_rows().await?.whole()?)
    }

    pub(super) async fn letter_rows(&self) -> Result<Rows<KeptLetter>, StoreError> {
        let all = "SELECT *, record::id(id) AS key FROM outbox ORDER BY made_at, reminder";
        Ok(rows("outbox", self.db().query(all).await?.check()?.take(0)?, read))
    }

    /// Takes a waiting mail to send it; `false` if somebody else has.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn claim_letter(&self, key: &str, at: DateTime<Utc>) -> Result<bool, StoreError> {
        const CLAIM: &str = "UPDATE type::record('outbox', $key) SET state = 'sending', sending_at = $at, \
             tries = tries + 1 WHERE state = 'waiting' RETURN tries";
        self.changed(CLAIM, object! { key: key.to_owned(), at: at.timestamp_millis() }).await
    }

    /// Notes how a mail that was being sent ended. Nothing if it is not being sent.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn settle_letter(
        &self,
        key: &str,
        state: LetterState,
        note: &str,
        at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        const SETTLE: &str = "UPDATE type::record('outbox', $key) SET state = $state, note = $note, \
             done_at = $at, sending_at = NONE WHERE state = 'sending' RETURN tries";
        let values = object! {
            key: key.to_owned(),
            state: word(state).to_owned(),
            note: note.to_owned(),
            at: at.timestamp_millis(),
        };
        self.changed(SETTLE, values).await
    }

    /// Notes that a waiting mail will not go: it was refused for good, or is not wanted any more.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn end_letter(
        &self,
        key: &str,
        state: LetterState,
        note: &str,
        at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        const END: &str = "UPDATE type::record('outbox', $key) SET state = $state, note = $note, \
             done_at = $at WHERE state = 'waiting' RETURN tries";
        let values = object! {
            key: key.to_owned(),
            state: word(state).to_owned(),
            note: note.to_owned(),
            at: at.timestamp_millis(),
        };
        self.changed(END, values).await
    }

    /// Lets a mail wait: the mail server did not take it this time. It counts as a try.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn postpone_letter(
        &self,
        key: &str,
        note: &str,
        until: DateTime<Utc>,
        was: LetterState,
    ) -> Result<bool, StoreError> {
        const WAIT: &str = "UPDATE type::record('outbox', $key) SET state = 'waiting', note = $note, \
             not_before = $until, sending_at = NONE, tries = tries + $more WHERE state = $was RETURN tries";
        let values = object! {
            key: key.to_owned(),
            note: note.to_owned(),
            until: until.timestamp_millis(),
            was: word(was).to_owned(),
            // What was being sent is counted already.
            more: i64::from(was == LetterState::Waiting),
        };
        self.changed(WAIT, values).await
    }

    /// Lets a mail whose answer was lost be tried once more. `false` if it was repeated before.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn repeat_letter(&self, key: &str, note: &str) -> Result<bool, StoreError> {
        const REPEAT: &str = "UPDATE type::record('outbox', $key) SET state = 'waiting', repeated = true, \
             note = $note, sending_at = NONE WHERE state = 'sending' AND repeated = false RETURN tries";
        self.changed(REPEAT, object! { key: key.to_owned(), note: note.to_owned() }).await
    }

    /// The mails that somebody began to send before a moment, and never ended.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn stuck_letters(&self, before: DateTime<Utc>) -> Result<Rows<KeptLetter>, StoreError> {
        let stuck =
            "SELECT *, record::id(id) AS key FROM outbox WHERE state = 'sending' AND sending_at <= $before";
        let answer = self.db().query(stuck).bind(("before", before.timestamp_millis())).await?;
        Ok(rows("outbox", answer.check()?.take(0)?, read))
    }

    /// Writes a mail as it was kept elsewhere, for restoring a backup.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn put_letter(&self, kept: &KeptLetter) -> Result<(), StoreError> {
        const PUT: &str = "UPSERT type::record('outbox', $key) CONTENT $content RETURN NONE";
        let KeptLetter { letter, not_before, sending_at } = kept;
        let millis = |at: DateTime<Utc>| at.timestamp_millis();
        let content = object! {
            run: i64::from(letter.reminder.run.0),
            reminder: serde_json::to_string(&letter.reminder)?,
            state: word(letter.state).to_owned(),
            repeated: letter.repeated,
            tries: i64::from(letter.tries),
            note: letter.note.clone(),
            made_by: letter.made_by.as_ref().map(|by| by.0.clone()),
            made_at: millis(letter.made_at),
            not_before: millis(*not_before),
            sending_at: sending_at.map(millis),
            done_at: letter.done_at.map(millis),
        };
        self.write(PUT, object! { key: letter.reminder.key(), content: content }).await
    }

    /// Holds every mail that has not gone yet: the office is restored from a backup, and they may
    /// have gone after it was made. How many there were.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn hold_letters(&self, note: &str, at: DateTime<Utc>) -> Result<u64, StoreError> {
        const HOLD: &str = "UPDATE outbox SET state = $state, note = $note, done_at = $at, sending_at = NONE \
             WHERE state IN ['waiting', 'sending'] RETURN tries";
        let values = object! {
            state: word(LetterState::Uncertain).to_owned(),
            note: note.to_owned(),
            at: at.timestamp_millis(),
        };
        let held: Vec<Touched> = self.write_rows(HOLD, values).await?;
        Ok(held.len() as u64)
    }

    /// Runs a statement that changes one row or none; whether it changed one.
    async fn changed(&self, statement: &'static str, values: Object) -> Result<bool, StoreError> {
        let rows: Vec<Touched> = self.write_rows(statement, values).await?;
        Ok(rows.first().is_some_and(|row| row.tries >= 0))
    }
}

fn word(state: LetterState) -> &'static str {
    match state {
        LetterState::Waiting => "waiting",
        LetterState::Sending => "sending",
        LetterState::Sent => "sent",
        LetterState::Failed => "failed",
        LetterState::Uncertain => "uncertain",
        LetterState::Dropped => "dropped",
    }
}

fn state(word: &str) -> Option<LetterState> {
    [
        LetterState::Waiting,
        LetterState::Sending,
        LetterState::Sent,
        LetterState::Failed,
        LetterState::Uncertain,
        LetterState::Dropped,
    ]
    .into_iter()
    .find(|state| self::word(*state) == word)
}

fn read(row: Row) -> Result<KeptLetter, String> {
    let time =
        |millis| DateTime::from_timestamp_millis(millis).ok_or_else(|| format!("bukan waktu: {millis}"));
    let reminder: Reminder = document(&row.reminder)?;
    if reminder.key() != row.key {
        return Err(format!("isinya pengingat {}", reminder.key()));
    }
    let letter = Letter {
        reminder,
        state: state(&row.state).ok_or_else(|| format!("keadaan {:?} tidak dikenal", row.state))?,
        repeated: row.repeated,
        tries: u32::try_from(row.tries).map_err(|_| format!("bukan banyaknya: {}", row.tries))?,
        note: row.note,
        made_by: row.made_by.map(AccountId),
        made_at: time(row.made_at)?,
        done_at: row.done_at.map(time).transpose()?,
    };
    let sending_at = row.sending_at.map(time).transpose()?;
    Ok(KeptLetter { letter, not_before: time(row.not_before)?, sending_at })
}

/// How long a mail may be in sending before it counts as given up by whoever sent it, where
/// several servers write to the same database.
pub const GIVEN_UP: TimeDelta = TimeDelta::minutes(10);
