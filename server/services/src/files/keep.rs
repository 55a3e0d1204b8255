//! Taking what lies on the disk already onto the shelf: hashed, durable, then known.

use std::fs::File;
use std::io::{self, BufReader, Seek, SeekFrom, Write};
use std::path::Path;

use desk::file::FileView;
use desk::problem::Problem;
use domain::id::AccountId;
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::begun::PARTIAL;
use super::disk::{Politeness, Resting};
use super::ledger::NoRoom;
use super::name;
use super::partial::Partial;
use super::shelf::Shelf;
use crate::clock::Clock;
use crate::store::StoreError;
use crate::store::file::KeptFile;
use crate::store::holding::Holder;
use crate::token::{Token, hex};
use paper::content::{ContentProblem, Kind, kind_of};

/// How much is read and hashed without a rest, in bytes.
const STEP: usize = 256 * 1024;

/// Why a file was not kept. Nothing of it is known then.
#[derive(Debug, Error)]
pub(crate) enum KeepFault {
    /// What is in it.
    #[error(transparent)]
    Content(#[from] ContentProblem),
    /// It is of a kind that does not fit here.
    #[error("LKj harus berupa PDF.")]
    NoPdf,
    /// There is no room for it.
    #[error(transparent)]
    NoRoom(#[from] NoRoom),
    /// The disk.
    #[error(transparent)]
    Disk(#[from] io::Error),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl KeepFault {
    /// As the person is told.
    pub(crate) fn told(self, shelf: &Shelf) -> Problem {
        match self {
            Self::Content(_) | Self::NoPdf => Problem::invalid(self.to_string()),
            Self::NoRoom(fault) => fault.into(),
            Self::Disk(error) => shelf.fault(&error),
            Self::Store(error) => shelf.fault(&error),
        }
    }
}

/// Who brings a file.
#[derive(Clone, Debug)]
pub(crate) struct By {
    /// Under which account.
    pub(crate) account: AccountId,
    /// Whose it is then.
    pub(crate) holder: Holder,
}

impl Shelf {
    /// Keeps a file that was received under another name; it is moved. `only_pdf`: nothing
    /// else fits.
    pub(crate) async fn adopt(
        &self,
        partial: Partial,
        name: String,
        only_pdf: bool,
        by: &By,
    ) -> Result<FileView, KeepFault> {
        let (folder, path) = (self.folder.clone(), partial.path().to_owned());
        let _moving = self.moving.read().await;
        let politeness = self.disk.politeness();
        let work = move || adopt(&path, &folder, only_pdf, politeness);
        let (sha256, size, kind) = self.disk.act(work).await?;
        let view = FileView { sha256, name, size, media_type: kind.media_type().to_owned() };
        self.note(view, by).await
    }

    /// Keeps bytes of the server's own making.
    pub(crate) async fn keep_bytes(
        &self,
        bytes: &[u8],
        name: &str,
        media_type: &str,
        by: &By,
    ) -> Result<FileView, KeepFault> {
        let sha256 = hex(&Sha256::digest(bytes));
        let (to, folder, bytes) = (self.folder.join(&sha256), self.folder.clone(), bytes.to_vec());
        let size = bytes.len() as u64;
        let promise = self.ledger.work(&by.holder, size)?;
        let _moving = self.moving.read().await;
        let work = move || -> io::Result<()> {
            let _promise = promise;
            let token = Token::fresh().map_err(io::Error::other)?;
            let path = folder.join(token.reveal()).with_extension(PARTIAL);
            let kept = write(&path, &bytes, &to, &folder);
            if kept.is_err() {
                // What was written of it; if even that fails, the next start removes it.
                let _ = std::fs::remove_file(&path);
            }
            kept
        };
        self.disk.act(work).await?;
        let view = FileView { sha256, name: name.to_owned(), size, media_type: media_type.to_owned() };
        self.note(view, by).await
    }

    /// Makes known what lies in its place. The caller holds `moving`.
    pub(super) async fn note(&self, view: FileView, by: &By) -> Result<FileView, KeepFault> {
        let By { account, holder } = by;
        let name = name::fitting(&view.name, Kind::of_media_type(&view.media_type));
        let view = FileView { name, ..view };
        let kept = KeptFile { view, sent_by: account.clone(), sent_at: Clock::system().now() };
        self.store.bring_file(&kept, holder).await?;
        let FileView { sha256, size, .. } = &kept.view;
        self.ledger.hold(holder, sha256, *size);
        tracing::info!(%account, sha256, size, "a file was kept");
        Ok(kept.view)
    }
}

fn adopt(
    path: &Path,
    folder: &Path,
    only_pdf: bool,
    politeness: Politeness,
) -> Result<(String, u64, Kind), KeepFault> {
    let mut file = File::open(path)?;
    let kind = kind_of(&mut file)?;
    if only_pdf && kind != Kind::Pdf {
        return Err(KeepFault::NoPdf);
    }
    file.seek(SeekFrom::Start(0))?;
    let mut hash = Sha256::new();
    let size = io::copy(&mut BufReader::with_capacity(STEP, Resting::new(&file, politeness)), &mut hash)?;
    let sha256 = hex(&hash.finalize());
    settle(&file, path, &folder.join(&sha256), folder)?;
    Ok((sha256, size, kind))
}

fn write(path: &Path, bytes: &[u8], to: &Path, folder: &Path) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    settle(&file, path, to, folder)
}

/// Makes a file durable, then gives it its name, durably.
pub(super) fn settle(file: &File, path: &Path, to: &Path, folder: &Path) -> io::Result<()> {
    file.sync_all()?;
    std::fs::rename(path, to)?;
    File::open(folder)?.sync_all()
}
