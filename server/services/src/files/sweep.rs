//! What nobody names goes: uploads that were given up after a day, files that were taken out or
//! replaced after a month.
//!
//! A file is *named* by the log for ever, and by the draft of whoever holds it. What is held and not
//! named is *loose*, from the look that found it so. After [`GONE_AFTER`] it is held no longer; when
//! nobody holds it, its row goes, and with it the last way to it; a day later its bytes, because a
//! backup may just be reading them.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::SystemTime;

use chrono::{DateTime, TimeDelta, Utc};
use domain::id::AgencyCode;
use thiserror::Error;

use super::begun::PIECES;
use super::named::hashes_in;
use super::{Shelf, path_in};
use crate::store::StoreError;
use crate::store::file::KeptFile;
use crate::store::holding::{Holder, Holding};
use crate::token::TokenHash;

/// After how long without a piece an upload is given up.
pub const GIVEN_UP: TimeDelta = TimeDelta::hours(24);
/// After how long, at the latest, a file that was taken out or replaced is gone.
pub const GONE_AFTER: TimeDelta = TimeDelta::days(30);
/// How long the bytes of a file that nobody knows any more are left for whoever is reading them.
const LEFT: TimeDelta = TimeDelta::hours(24);
/// When a file stops being held, so that its bytes are gone in time even if a look or two fall out.
const LOOSE: TimeDelta = TimeDelta::days(28);

/// What a look at the shelf took away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Uploads that were given up.
    pub uploads: usize,
    /// Their bytes.
    pub upload_bytes: u64,
    /// Files that nobody knows any more.
    pub forgotten: usize,
    /// Files whose bytes are gone.
    pub removed: usize,
}

/// Why a look could not be ended. What it took away until then is gone; the next goes on.
#[derive(Debug, Error)]
pub enum SweepFault {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The disk.
    #[error(transparent)]
    Disk(#[from] io::Error),
}

/// Which agencies' drafts name what.
type Drafted = HashMap<TokenHash, HashSet<AgencyCode>>;

impl Shelf {
    /// Looks for what may go at a moment, and takes it away.
    ///
    /// # Errors
    /// [`SweepFault`].
    pub async fn sweep(&self, now: DateTime<Utc>) -> Result<Swept, SweepFault> {
        let mut swept = Swept::default();
        self.give_up(now, &mut swept).await?;
        let mut named = self.named.lock().await;
        // Files first and holdings after them: whatever is brought meanwhile is in neither, or in the
        // second. Drafts before the log: what is sent meanwhile is in one of them.
        let files = self.store.files().await?;
        let mut held: HashMap<String, Vec<Holding>> = HashMap::new();
        for holding in self.store.holdings().await? {
            held.entry(holding.sha256.clone()).or_default().push(holding);
        }
        let drafted = self.drafted().await?;
        named.read_on(&self.store).await?;
        let mut sent = 0_u64;
        for file in &files {
            let sha256 = &file.view.sha256;
            let holdings = held.remove(sha256).unwrap_or_default();
            if named.has(sha256) {
                sent = sent.saturating_add(file.view.size);
                for holding in &holdings {
                    self.store.forget_holding(&holding.holder, sha256).await?;
                    self.ledger.release(&holding.holder, sha256);
                }
                continue;
            }
            let drafting = TokenHash::from_hex(sha256).and_then(|hash| drafted.get(&hash));
            self.complete(file, &holdings, drafting, now).await?;
            for holding in &holdings {
                swept.forgotten += usize::from(self.look_at(holding, drafting, now).await?);
            }
        }
        self.sent.store(sent, Ordering::Relaxed);
        drop(named);
        let known: HashSet<_> = files.into_iter().map(|file| file.view.sha256).collect();
        self.remove_unknown(&known, now, &mut swept).await?;
        Ok(swept)
    }

    async fn drafted(&self) -> Result<Drafted, StoreError> {
        let mut drafted = Drafted::new();
        for (agency, text) in self.store.draft_texts().await? {
            for hash in hashes_in(&text) {
                drafted.entry(hash).or_default().insert(agency.clone());
            }
        }
        Ok(drafted)
    }

    /// Sees to it that a file is held: by those whose drafts name it, else by who sent it. It is not
    /// if it is from before there were holdings, or from a backup.
    async fn complete(
        &self,
        file: &KeptFile,
        held: &[Holding],
        drafting: Option<&HashSet<AgencyCode>>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let (sha256, size) = (&file.view.sha256, file.view.size);
        let drafting = drafting.into_iter().flatten().map(|agency| (Holder::agency(agency), None));
        let mut missing: Vec<_> =
            drafting.filter(|(holder, _)| held.iter().all(|holding| holding.holder != *holder)).collect();
        if missing.is_empty() && held.is_empty() {
            let by_link =
                crate::report::caller_of(&file.sent_by).map(|caller| Holder::agency(&caller.agency));
            missing.push((by_link.unwrap_or_else(|| Holder::account(&file.sent_by)), Some(now)));
        }
        for (holder, loose_since) in missing {
            let holding = Holding { holder, sha256: sha256.clone(), size, loose_since };
            self.store.put_holding(&holding).await?;
            self.ledger.hold(&holding.holder, sha256, size);
        }
        Ok(())
    }

    /// Notes whether what somebody holds is loose, and takes it from them when it was for long
    /// enough. Whether it is nobody's now.
    async fn look_at(
        &self,
        holding: &Holding,
        drafting: Option<&HashSet<AgencyCode>>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let Holding { holder, sha256, loose_since, .. } = holding;
        let writes = holder.as_agency().zip(drafting).is_some_and(|(agency, all)| all.contains(&agency));
        match (writes, loose_since) {
            (true, None) => Ok(false),
            (true, Some(_)) => self.store.set_loose(holder, sha256, None).await.map(|()| false),
            (false, None) => self.store.set_loose(holder, sha256, Some(now)).await.map(|()| false),
            (false, Some(since)) if now - *since < LOOSE => Ok(false),
            (false, Some(_)) => self.let_go(holding).await,
        }
    }

    /// Takes a file from who holds it; if that was the last, it is forgotten. Nothing if it was brought
    /// again just now.
    async fn let_go(&self, holding: &Holding) -> Result<bool, StoreError> {
        let Holding { holder, sha256, size, loose_since } = holding;
        let _alone = self.moving.write().await;
        let all = self.store.holdings_of(sha256).await?;
        if !all.iter().any(|now| now.holder == *holder && now.loose_since == *loose_since) {
            return Ok(false);
        }
        let last = all.len() == 1;
        if last {
            if let Some(path) = self.path(sha256) {
                note_time(path);
            }
            self.store.forget_file(holder, sha256).await?;
            tracing::info!(sha256, size, "a file that nobody names is forgotten");
        } else {
            self.store.forget_holding(holder, sha256).await?;
        }
        self.ledger.release(holder, sha256);
        Ok(last)
    }

    /// Removes the bytes of files that are not known any more, or never were, because the program
    /// ended in between.
    async fn remove_unknown(
        &self,
        known: &HashSet<String>,
        now: DateTime<Utc>,
        swept: &mut Swept,
    ) -> Result<(), SweepFault> {
        let folder = self.folder.clone();
        let list = move || -> io::Result<Vec<String>> {
            let mut names = Vec::new();
            for entry in std::fs::read_dir(&folder)? {
                let entry = entry?;
                let Ok(name) = entry.file_name().into_string() else { continue };
                if path_in(&folder, &name).is_some() && is_older(&entry.metadata()?, now, LEFT)? {
                    names.push(name);
                }
            }
            Ok(names)
        };
        for sha256 in self.disk.act(list).await? {
            let _alone = self.moving.write().await;
            if known.contains(&sha256) || self.store.file(&sha256).await?.is_some() {
                continue;
            }
            let Some(path) = self.path(&sha256) else { continue };
            self.disk.act(move || std::fs::remove_file(path)).await?;
            tracing::info!(sha256, "the bytes of a file that nobody knows were removed");
            swept.removed += 1;
        }
        Ok(())
    }

    /// Removes uploads to which nothing has come for long.
    async fn give_up(&self, now: DateTime<Utc>, swept: &mut Swept) -> Result<(), SweepFault> {
        for name in self.ledger.begun() {
            let path = self.folder.join(&name);
            if path.extension().is_none_or(|extension| extension != PIECES) {
                continue;
            }
            let ledger = Arc::clone(&self.ledger);
            // On the thread that appends pieces as well, so that none comes in between.
            let work = move || -> io::Result<Option<u64>> {
                let meta = match std::fs::metadata(&path) {
                    Ok(meta) => meta,
                    // It has come, or its first piece is on the way.
                    Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
                    Err(error) => return Err(error),
                };
                if !is_older(&meta, now, GIVEN_UP)? {
                    return Ok(None);
                }
                std::fs::remove_file(&path)?;
                ledger.forget(&name);
                Ok(Some(meta.len()))
            };
            if let Some(bytes) = self.disk.act(work).await? {
                tracing::info!(bytes, "an upload that was given up was removed");
                swept.uploads += 1;
                swept.upload_bytes += bytes;
            }
        }
        Ok(())
    }
}

/// Whether nothing was written to a file for so long.
fn is_older(meta: &std::fs::Metadata, now: DateTime<Utc>, age: TimeDelta) -> io::Result<bool> {
    Ok(now - DateTime::<Utc>::from(meta.modified()?) >= age)
}

/// Lets the time begin for which the bytes are left.
fn note_time(path: PathBuf) {
    let noted =
        std::fs::File::options().write(true).open(path).and_then(|file| file.set_modified(SystemTime::now()));
    if let Err(error) = noted {
        // Then they are gone a day earlier, or are not there at all.
        tracing::warn!(%error, "the time of a file could not be set");
    }
}
