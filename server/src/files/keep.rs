//! Taking what lies on the disk already onto the shelf: hashed, durable, then known.

use std::fs::File;
use std::io::{self, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use app::file::FileView;
use domain::id::AccountId;
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::disk::Resting;
use super::{PARTIAL, Shelf};
use crate::clock::Clock;
use crate::paper::content::{ContentProblem, Kind, kind_of};
use crate::store::StoreError;
use crate::store::file::KeptFile;
use crate::token::{Token, hex};

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
    /// The disk.
    #[error(transparent)]
    Disk(#[from] io::Error),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Shelf {
    /// Keeps a file that was received under another name; it is moved. `only_pdf`: nothing
    /// else fits.
    pub(crate) async fn adopt(
        &self,
        path: PathBuf,
        name: String,
        only_pdf: bool,
        by: &AccountId,
    ) -> Result<FileView, KeepFault> {
        let folder = self.folder.clone();
        let work = move || adopt(&path, &folder, only_pdf);
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
        by: &AccountId,
    ) -> Result<FileView, KeepFault> {
        let sha256 = hex(&Sha256::digest(bytes));
        let (to, folder, bytes) = (self.folder.join(&sha256), self.folder.clone(), bytes.to_vec());
        let size = bytes.len() as u64;
        let work = move || -> io::Result<()> {
            let token = Token::fresh().map_err(io::Error::other)?;
            let path = folder.join(token.reveal()).with_extension(PARTIAL);
            let mut file = File::create(&path)?;
            file.write_all(&bytes)?;
            settle(&file, &path, &to, &folder)
        };
        self.disk.act(work).await?;
        let view = FileView { sha256, name: name.to_owned(), size, media_type: media_type.to_owned() };
        self.note(view, by).await
    }

    async fn note(&self, view: FileView, by: &AccountId) -> Result<FileView, KeepFault> {
        let kept = KeptFile { view, sent_by: by.clone(), sent_at: Clock::system().now() };
        self.store.note_file(&kept).await?;
        let FileView { sha256, size, .. } = &kept.view;
        tracing::info!(account = %by, sha256, size, "a file was kept");
        Ok(kept.view)
    }
}

fn adopt(path: &Path, folder: &Path, only_pdf: bool) -> Result<(String, u64, Kind), KeepFault> {
    let mut file = File::open(path)?;
    let kind = kind_of(&mut file)?;
    if only_pdf && kind != Kind::Pdf {
        return Err(KeepFault::NoPdf);
    }
    file.seek(SeekFrom::Start(0))?;
    let mut hash = Sha256::new();
    let size = io::copy(&mut BufReader::with_capacity(STEP, Resting::new(&file)), &mut hash)?;
    let sha256 = hex(&hash.finalize());
    settle(&file, path, &folder.join(&sha256), folder)?;
    Ok((sha256, size, kind))
}

/// Makes a file durable, then gives it its name, durably.
fn settle(file: &File, path: &Path, to: &Path, folder: &Path) -> io::Result<()> {
    file.sync_all()?;
    std::fs::rename(path, to)?;
    File::open(folder)?.sync_all()
}
