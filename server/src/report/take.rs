//! Receiving an agency's files: in one go by a form, or piece by piece where the line is weak.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::problem::Problem;
use app::submission::{AgencyCaller, Sizes};
use axum::body::Bytes;
use axum::extract::multipart::Field;
use domain::id::RunId;
use domain::report::FileRef;
use serde::{Deserialize, Serialize};
use tokio::fs::File;
use tokio::io::AsyncWriteExt;
use tokio::sync::Mutex;

use super::{Reports, unwell};
use crate::files::keep::KeepFault;
use crate::files::{PARTIAL, name};
use crate::token::{Token, TokenHash};

/// How a file is called that comes piece by piece. It outlives a restart.
const PIECES: &str = "unggah";
/// After how long without a piece such a file is given up.
const GIVEN_UP: std::time::Duration = std::time::Duration::from_secs(3 * 24 * 60 * 60);

/// After so many bytes they are written to the disk: in one go at the end, the events of the office
/// would have to wait behind all of them.
const STRETCH: u64 = 1024 * 1024;

/// What is asked about a file that comes piece by piece.
#[derive(Debug, Deserialize)]
pub(super) struct Piece {
    /// From which byte.
    #[serde(default, rename = "dari")]
    pub(super) from: u64,
    /// How long the whole file is.
    #[serde(rename = "ukuran")]
    pub(super) size: u64,
    /// Its name.
    #[serde(rename = "nama")]
    pub(super) name: String,
}

/// How much of a file has come.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Taken {
    /// So many bytes; go on from there.
    So(u64),
    /// All of it.
    All(FileRef),
}

impl Reports {
    /// Takes a whole file out of a form.
    pub(super) async fn take_field(
        &self,
        caller: &AgencyCaller,
        run: RunId,
        is_report: bool,
        mut field: Field<'_>,
    ) -> Result<FileRef, Problem> {
        self.may_write(run, &caller.agency)?;
        let name = match field.file_name() {
            None | Some("") => return Err(Problem::invalid("Belum ada berkas yang dipilih.")),
            sent => name::read(sent).map_err(Problem::invalid)?,
        };
        let token = Token::fresh().map_err(unwell)?.reveal();
        let partial = Leftover(self.shelf.folder().join(token).with_extension(PARTIAL));
        let mut file = File::create(&partial.0).await.map_err(unwell)?;
        let (mut size, room) = (0, self.room(caller, run).await?);
        let broken = |_| Problem::invalid("Berkas tidak terkirim utuh; unggah lagi.");
        while let Some(chunk) = field.chunk().await.map_err(broken)? {
            size += chunk.len() as u64;
            self.fits(size, room)?;
            file.write_all(&chunk).await.map_err(unwell)?;
        }
        file.flush().await.map_err(unwell)?;
        self.keep(caller, run, is_report, partial.0.clone(), name).await
    }

    /// How much of a file has come already.
    pub(super) async fn taken_so_far(&self, caller: &AgencyCaller, run: RunId, id: &str) -> Taken {
        let length = tokio::fs::metadata(self.pieces(caller, run, id)).await.map_or(0, |file| file.len());
        Taken::So(length)
    }

    /// Takes the next piece of a file; if it is not the next one, only says which would be.
    pub(super) async fn take_piece(
        &self,
        caller: &AgencyCaller,
        run: RunId,
        is_report: bool,
        id: &str,
        piece: Piece,
        bytes: Bytes,
    ) -> Result<Taken, Problem> {
        self.may_write(run, &caller.agency)?;
        let name = name::read(Some(&piece.name)).map_err(Problem::invalid)?;
        // The first and the last; nothing is asked of the database for those between.
        let ends = piece.from == 0 || piece.from.saturating_add(bytes.len() as u64) >= piece.size;
        let room = if ends { self.room(caller, run).await? } else { u64::MAX };
        self.fits(piece.size, room)?;
        let path = self.pieces(caller, run, id);
        let held = self.taking.of(&path).lock_owned().await;
        let (to, Piece { from, size, .. }) = (path.clone(), piece);
        // A line that breaks ends this function, and not the writing: it keeps the door shut.
        let work = move || append(&to, from, size, &bytes).map(|length| (length, held));
        let (length, _held) = self.shelf.disk().act(work).await.map_err(unwell)?;
        if length < size {
            return Ok(Taken::So(length));
        }
        let partial = Leftover(path.clone());
        self.keep(caller, run, is_report, partial.0.clone(), name).await.map(Taken::All)
    }

    async fn keep(
        &self,
        caller: &AgencyCaller,
        run: RunId,
        is_report: bool,
        path: PathBuf,
        name: String,
    ) -> Result<FileRef, Problem> {
        let kept = self.shelf.adopt(path, name, is_report, &caller.account).await;
        let view = kept.map_err(|fault| match fault {
            KeepFault::Content(fault) => Problem::invalid(fault.to_string()),
            KeepFault::NoPdf => Problem::invalid(fault.to_string()),
            KeepFault::Disk(_) | KeepFault::Store(_) => unwell(fault),
        })?;
        let file =
            FileRef { sha256: view.sha256, name: view.name, size: view.size, media_type: view.media_type };
        self.add_file(run, &caller.agency, file.clone(), is_report).await?;
        Ok(file)
    }

    /// How many bytes of files may still come for a report.
    async fn room(&self, caller: &AgencyCaller, run: RunId) -> Result<u64, Problem> {
        let draft = self.read_draft(run, &caller.agency).await?.draft;
        Ok(self.sizes.total.saturating_sub(draft.files().map(|file| file.size).sum()))
    }

    /// Whether a file of this size may come where there is so much room.
    fn fits(&self, size: u64, room: u64) -> Result<(), Problem> {
        let Sizes { file, total } = self.sizes;
        if size > file {
            return Err(self.too_large());
        }
        if size > room {
            return Err(Problem::invalid(format!("Semua berkas bersama paling besar {} MB.", total >> 20)));
        }
        Ok(())
    }

    /// What is said of a file beyond the largest.
    pub(super) fn too_large(&self) -> Problem {
        Problem::invalid(format!("Berkas terlalu besar; paling besar {} MB.", self.sizes.file >> 20))
    }

    fn pieces(&self, caller: &AgencyCaller, run: RunId, id: &str) -> PathBuf {
        let key = TokenHash::of(&format!("{run}:{}:{id}", caller.agency)).as_hex();
        self.shelf.folder().join(key).with_extension(PIECES)
    }

    /// Removes what came in pieces and was given up.
    pub async fn tidy(&self) -> io::Result<()> {
        let mut files = tokio::fs::read_dir(self.shelf.folder()).await?;
        while let Some(file) = files.next_entry().await? {
            let pieces = file.path().extension().is_some_and(|extension| extension == PIECES);
            let age = file.metadata().await?.modified()?.elapsed().unwrap_or_default();
            if pieces && age > GIVEN_UP {
                tokio::fs::remove_file(file.path()).await?;
            }
        }
        Ok(())
    }
}

/// Lets in one piece of a file at a time, and pieces of other files beside it.
#[derive(Default)]
pub(super) struct Doors([Arc<Mutex<()>>; 32]);

impl Doors {
    /// The door of this file. Others may have the same one, which only makes them wait.
    fn of(&self, path: &Path) -> Arc<Mutex<()>> {
        let sum = path.as_os_str().as_encoded_bytes().iter().map(|byte| usize::from(*byte)).sum::<usize>();
        Arc::clone(&self.0[sum % self.0.len()])
    }
}

/// Appends a piece if it is the next one. How long the file is now.
fn append(path: &Path, from: u64, size: u64, bytes: &[u8]) -> io::Result<u64> {
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    let length = file.metadata()?.len();
    if from != length || length + bytes.len() as u64 > size {
        return Ok(length);
    }
    file.write_all(bytes)?;
    let longer = length + bytes.len() as u64;
    if length / STRETCH < longer / STRETCH {
        file.sync_data()?;
    }
    Ok(longer)
}

/// A file that is removed unless it was moved.
struct Leftover(PathBuf);

impl Drop for Leftover {
    fn drop(&mut self) {
        // After it was moved there is nothing of this name, which is as it should be.
        let _ = std::fs::remove_file(&self.0);
    }
}
