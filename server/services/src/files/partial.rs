//! Files on their way in: how they are called, and that nothing is left of one that did not come.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use super::begun::PARTIAL;
use super::ledger::{Ledger, NoRoom};
use super::shelf::Shelf;
use crate::store::holding::Holder;
use crate::token::Token;

/// A file on its way in; removed, and no longer counted, when this is dropped, unless it was moved
/// to its place.
pub(crate) struct Partial {
    /// Where it lies.
    pub(crate) path: PathBuf,
    name: String,
    holder: Holder,
    ledger: Arc<Ledger>,
}

impl Partial {
    /// A new one, that nobody knows the name of.
    pub(crate) fn begin(shelf: &Shelf, holder: &Holder) -> Result<Self, PartialFault> {
        let name = format!("{}.{PARTIAL}", Token::fresh().map_err(io::Error::other)?.reveal());
        shelf.ledger.grow(holder, &name, 0)?.settle(Some(0));
        Ok(Self::of(shelf, holder, name))
    }

    /// One that is complete.
    pub(crate) fn of(shelf: &Shelf, holder: &Holder, name: String) -> Self {
        let (path, ledger) = (shelf.folder.join(&name), Arc::clone(&shelf.ledger));
        Self { path, name, holder: holder.clone(), ledger }
    }

    /// Appends what has come, if there is room for it. `length`: how long it is then.
    pub(crate) async fn write(&self, file: &mut File, bytes: &[u8], length: u64) -> Result<(), PartialFault> {
        let growth = self.ledger.grow(&self.holder, &self.name, bytes.len() as u64)?;
        file.write_all(bytes).await?;
        // So that the disk counts it when it is promised no longer.
        file.flush().await?;
        growth.settle(Some(length));
        Ok(())
    }

    /// Where it lies.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        // After it was moved there is nothing of this name, which is as it should be.
        let _ = std::fs::remove_file(&self.path);
        self.ledger.forget(&self.name);
    }
}

/// Why a file cannot begin to come.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PartialFault {
    /// There is no room.
    #[error(transparent)]
    NoRoom(#[from] NoRoom),
    /// No randomness for its name.
    #[error(transparent)]
    Io(#[from] io::Error),
}
