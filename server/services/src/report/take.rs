//! Receiving an agency's files: in one go by a form, or piece by piece where the line is weak.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use axum::body::Bytes;
use axum::extract::multipart::Field;
use desk::problem::Problem;
use desk::report::{AgencyCaller, Sizes};
use domain::id::RunId;
use domain::report::FileRef;
use serde::{Deserialize, Serialize};
use tokio::fs::File;

use super::Reports;
use super::slot::Slot;
use crate::files::begun::pieces_name;
use crate::files::keep::By;
use crate::files::name;
use crate::files::partial::{Partial, PartialFault};
use crate::store::holding::Holder;
use crate::token::TokenHash;

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
        slot: Slot,
        mut field: Field<'_>,
    ) -> Result<FileRef, Problem> {
        self.may_write(run, &caller.agency)?;
        let name = match field.file_name() {
            None | Some("") => return Err(Problem::invalid("Belum ada berkas yang dipilih.")),
            sent => name::read(sent).map_err(Problem::invalid)?,
        };
        let by = by(caller);
        let partial = Partial::begin(&self.shelf, &by.holder).map_err(|fault| self.no_room(fault))?;
        let mut file = File::create(partial.path()).await.map_err(|error| self.shelf.fault(&error))?;
        let (mut size, room) = (0, self.room(caller, run).await?);
        let broken = |_| Problem::invalid("Berkas tidak terkirim utuh; unggah lagi.");
        while let Some(chunk) = field.chunk().await.map_err(broken)? {
            size += chunk.len() as u64;
            self.fits(size, room)?;
            partial.write(&mut file, &chunk, size).await.map_err(|fault| self.no_room(fault))?;
        }
        self.keep(caller, run, slot, partial, name).await
    }

    /// How much of a file has come already.
    pub(super) async fn taken_so_far(&self, caller: &AgencyCaller, run: RunId, id: &str) -> Taken {
        let path = self.shelf.folder().join(pieces(caller, run, id));
        let length = tokio::fs::metadata(path).await.map_or(0, |file| file.len());
        Taken::So(length)
    }

    /// Takes the next piece of a file; if it is not the next one, only says which would be.
    pub(super) async fn take_piece(
        &self,
        caller: &AgencyCaller,
        run: RunId,
        slot: Slot,
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
        let (holder, called) = (by(caller).holder, pieces(caller, run, id));
        if piece.from == 0 {
            // Told before anything was sent, and not when most of it has come.
            self.shelf.ledger().fits(&holder, piece.size)?;
        }
        let path = self.shelf.folder().join(&called);
        let held = self.taking.of(called.as_bytes()).await;
        let growth = self.shelf.ledger().grow(&holder, &called, bytes.len() as u64)?;
        let Piece { from, size, .. } = piece;
        // A line that breaks ends this function, and not the writing: it keeps the door shut.
        let work = move || {
            let length = append(&path, from, size, &bytes)?;
            growth.settle(length);
            Ok::<_, io::Error>((length.unwrap_or_default(), held))
        };
        let written = self.shelf.disk().act(work).await;
        let (length, _held) = written.map_err(|error| self.shelf.fault(&error))?;
        if length < size {
            return Ok(Taken::So(length));
        }
        let partial = Partial::of(&self.shelf, &holder, called);
        self.keep(caller, run, slot, partial, name).await.map(Taken::All)
    }

    async fn keep(
        &self,
        caller: &AgencyCaller,
        run: RunId,
        slot: Slot,
        partial: Partial,
        name: String,
    ) -> Result<FileRef, Problem> {
        let kept = self.shelf.adopt(partial, name, slot.only_pdf(), &by(caller)).await;
        let view = kept.map_err(|fault| fault.told(&self.shelf))?;
        let file =
            FileRef { sha256: view.sha256, name: view.name, size: view.size, media_type: view.media_type };
        self.add_file(run, &caller.agency, file.clone(), slot).await?;
        Ok(file)
    }

    fn no_room(&self, fault: PartialFault) -> Problem {
        match fault {
            PartialFault::NoRoom(fault) => fault.into(),
            PartialFault::Io(error) => self.shelf.fault(&error),
        }
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
}

/// Whoever acts for an agency, it is the agency's.
pub(super) fn by(caller: &AgencyCaller) -> By {
    By { account: caller.account.clone(), holder: Holder::agency(&caller.agency) }
}

/// How a file is called while it comes piece by piece.
fn pieces(caller: &AgencyCaller, run: RunId, id: &str) -> String {
    let key = TokenHash::of(&format!("{run}:{}:{id}", caller.agency));
    pieces_name(&Holder::agency(&caller.agency), &key)
}

/// Appends a piece if it is the next one. How long the file is now; `None` if there is none. A piece
/// that does not fit on the disk leaves it as it was.
fn append(path: &Path, from: u64, size: u64, bytes: &[u8]) -> io::Result<Option<u64>> {
    let mut options = OpenOptions::new();
    let mut file = match options.create(from == 0).append(true).open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        opened => opened?,
    };
    let length = file.metadata()?.len();
    if from != length || length + bytes.len() as u64 > size {
        return Ok(Some(length));
    }
    if let Err(error) = file.write_all(bytes) {
        // What was written of it is the right beginning; if it cannot be cut off it is gone on from.
        let _ = file.set_len(length);
        return Err(error);
    }
    let longer = length + bytes.len() as u64;
    if length / STRETCH < longer / STRETCH {
        file.sync_data()?;
    }
    Ok(Some(longer))
}

#[cfg(test)]
mod tests {
    use super::append;
    use std::io::ErrorKind;

    #[test]
    fn a_piece_for_which_the_disk_has_no_room_is_an_error_and_no_success() {
        let full = append("/dev/full".as_ref(), 0, 10, b"12345").unwrap_err();
        assert_eq!(full.kind(), ErrorKind::StorageFull);
    }

    #[test]
    fn only_the_first_piece_makes_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.unggah");
        assert_eq!(append(&path, 4, 10, b"56789").unwrap(), None);
        assert!(!path.exists());
        assert_eq!(append(&path, 0, 10, b"1234").unwrap(), Some(4));
        assert_eq!(append(&path, 0, 10, b"1234").unwrap(), Some(4));
        assert_eq!(append(&path, 4, 10, b"567890X").unwrap(), Some(4), "longer than was said");
        assert_eq!(append(&path, 4, 10, b"567890").unwrap(), Some(10));
    }
}
