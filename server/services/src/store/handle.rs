//! An open database, and what is asked of it as a whole.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::id::Seq;
use surrealdb::Surreal;
use surrealdb::engine::any::Any;

use super::fault::StoreError;
use super::mark::{Mark, Remembered};
use super::turn::Turn;

/// An open database with the schema of this build. Cheap to clone; all clones share one
/// database session, which is why the connection itself is never cloned.
#[derive(Clone)]
pub struct Store {
    pub(super) db: Arc<Surreal<Any>>,
    pub(super) remote: bool,
    /// Where it is, if it is a folder.
    pub(super) folder: Option<PathBuf>,
    /// What was acknowledged, remembered beside the database; `None` where that makes no sense.
    pub(super) mark: Option<Arc<Mark>>,
    /// Writes to the tables beside the log, where they are counted.
    pub(super) turn: Option<Arc<Turn>>,
    /// What whoever started this should know.
    pub(super) notices: Vec<String>,
}

impl Store {
    /// Whether the database is a server of its own, which other servers may write to as well.
    pub fn is_remote(&self) -> bool {
        self.remote
    }

    /// What whoever started this should know, a sentence each.
    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    /// What was acknowledged, if that is remembered.
    pub fn remembered(&self) -> Option<Remembered> {
        self.mark.as_ref().map(|mark| mark.now())
    }

    /// Remembers that the office has an administrator. One that had one is never offered the link
    /// for the first again.
    ///
    /// # Errors
    /// If it cannot be written down.
    pub async fn remember_admin(&self) -> Result<(), StoreError> {
        match &self.mark {
            Some(mark) if !mark.now().had_admin => Ok(mark.remember(|what| what.had_admin = true).await?),
            _ => Ok(()),
        }
    }

    /// Remembers that a backup was made, and how far it goes.
    ///
    /// # Errors
    /// If it cannot be written down.
    pub async fn remember_backup(&self, last: Seq, at: DateTime<Utc>) -> Result<(), StoreError> {
        match &self.mark {
            Some(mark) => Ok(mark.remember(|what| what.backup = Some((last, at))).await?),
            None => Ok(()),
        }
    }

    /// Asks the database for a sign of life.
    ///
    /// # Errors
    /// If it does not answer.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.db.query("RETURN true").await?.check()?;
        Ok(())
    }

    /// The connection, for the other files of this folder.
    pub(crate) fn db(&self) -> &Surreal<Any> {
        &self.db
    }
}
